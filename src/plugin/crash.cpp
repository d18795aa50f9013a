#include "plugin/crash.hpp"

#include <fmt/format.h>
#include <ucontext.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <csignal>

#include "core/error.hpp"

namespace flux::plugin {
namespace {

constexpr std::size_t kCrashStack = 64 << 10;  // a signal frame with all vector registers is 11 KiB
constexpr std::size_t kShownOfFlux = 120;

struct Signal {
  int number;
  std::string_view words;
};
constexpr Signal kSignals[] = {{SIGSEGV, "segmentation fault (SIGSEGV)"},
                               {SIGBUS, "bus error (SIGBUS)"},
                               {SIGFPE, "arithmetic error (SIGFPE)"},
                               {SIGILL, "illegal instruction (SIGILL)"},
                               {SIGABRT, "abort (SIGABRT)"}};

std::atomic<bool> reports_crashes{false};  // relaxed: set before there is a second thread
std::atomic_flag is_dying;                 // acquire: the first thread that crashes tells

std::uintptr_t stack_pointer(const void* context) {
  const auto& machine = static_cast<const ucontext_t*>(context)->uc_mcontext;
#if defined(__x86_64__)
  return static_cast<std::uintptr_t>(machine.gregs[REG_RSP]);
#elif defined(__aarch64__)
  return machine.sp;
#else
  static_cast<void>(machine);
  return 0;
#endif
}

// Whether the address is where a stack that grows would go next.
bool is_stack_overflow(std::uintptr_t address, const void* context) {
  constexpr std::uintptr_t kLargestFrame = 1 << 20;
  const std::uintptr_t top = stack_pointer(context);
  return address < top + (64 << 10) && address + kLargestFrame > top;
}

void tell_signal(const siginfo_t& info, const void* context, LastWords& words) {
  const auto* signal = std::ranges::find(kSignals, info.si_signo, &Signal::number);
  if (signal != std::end(kSignals)) words.put(signal->words);
  // What the kernel says of an address that is none (SI_KERNEL) is 0, and not true.
  if (info.si_signo == SIGABRT || info.si_code <= 0 || info.si_code == SI_KERNEL) return;
  const auto address = reinterpret_cast<std::uintptr_t>(info.si_addr);
  words.put(" at address 0x").put(address, 16);
  if (info.si_signo == SIGSEGV && is_stack_overflow(address, context)) words.put(": its stack is full");
}

void tell_crash(const siginfo_t& info, const void* context) {
  LastWords words;
  const Crossing* crossing = Crossing::innermost();
  words.put("flux: ");
  if (crossing == nullptr) {
    words.put("crashed in its own code, outside of all agents: ");
    tell_signal(info, context, words);
    words.put("\nplease report it, with the pipeline and what it read; or is it a thread of a plugin?\n");
    return;
  }
  crossing->tell(words);
  tell_signal(info, context, words);
  words.put("\n");
  words.flush();  // what is said next looks at events, which a plugin may have written over
  if (crossing->work() != nullptr) crossing->work()->tell(words);
  if (crossing->work() != nullptr) words.put("results that were not written yet are lost; ");
  words.put("to find the fault of the plugin, run it under a debugger\n");
}

void on_crash(int signal, siginfo_t* info, void* context) {
  // Others that crash meanwhile wait here; the process dies of the first.
  while (is_dying.test_and_set(std::memory_order_acquire)) ::pause();
  const bool is_sent = info->si_code <= 0 && info->si_pid != ::getpid();  // by somebody's kill(1)
  if (!is_sent) tell_crash(*info, context);
  struct sigaction by_default {};
  by_default.sa_handler = SIG_DFL;
  ::sigaction(signal, &by_default, nullptr);
  ::raise(signal);  // it is blocked here, and comes when this returns to where it happened
}

}  // namespace

// ---- words

LastWords& LastWords::put(std::string_view text) {
  while (!text.empty()) {
    if (size_ == sizeof buffer_) flush();
    const std::size_t some = std::min(text.size(), sizeof buffer_ - size_);
    std::copy_n(text.data(), some, buffer_ + size_);
    size_ += some;
    text.remove_prefix(some);
  }
  return *this;
}

LastWords& LastWords::put(std::uint64_t number, unsigned base) {
  char digits[64];
  char* begin = std::end(digits);
  do {
    *--begin = "0123456789abcdef"[number % base];
    number /= base;
  } while (number != 0);
  return put(std::string_view(begin, static_cast<std::size_t>(std::end(digits) - begin)));
}

LastWords& LastWords::put_printable(std::string_view text, std::size_t limit) {
  for (std::size_t shown = 0; !text.empty();) {
    if (shown >= limit) return put("...");
    const std::size_t size = visible_length(text);
    if (size != 0) {
      put(text.substr(0, size));
      shown += size;
    } else {
      const auto byte = static_cast<unsigned char>(text[0]);
      put(byte < 0x10 ? "\\x0" : "\\x").put(byte, 16);
      shown += 4;
    }
    text.remove_prefix(std::max<std::size_t>(size, 1));
  }
  return *this;
}

void LastWords::flush() {
  for (std::size_t done = 0; done < size_;) {
    const ssize_t some = ::write(STDERR_FILENO, buffer_ + done, size_ - done);
    if (some < 0 && errno != EINTR) break;  // there is nobody to tell
    if (some > 0) done += static_cast<std::size_t>(some);
  }
  size_ = 0;
}

// ---- crossings

void Crossing::tell(LastWords& words) const {
  if (doing_ == Doing::loading) {
    words.put("plugin '").put(function_).put("' crashed while it was loaded: ");
    return;
  }
  words.put("agent '").put(agent_->name).put("' of plugin '").put(agent_->plugin).put("' (");
  if (work_ != nullptr) words.put("flux '").put_printable(work_->flux(), kShownOfFlux).put("', ");
  words.put(agent_->file).put(")");
  if (doing_ == Doing::reading) {
    words.put(" gave text that is not where it says: ");
  } else {
    words.put(" crashed in ").put(function_).put("(): ");
  }
}

std::string blame(const Agent& agent, std::string_view flux) {
  return fmt::format("agent '{}' of plugin '{}' (flux '{}', {})", agent.name, agent.plugin,
                     printable(flux, kShownOfFlux), agent.file);
}

// ---- stacks and signals

CrashStack::CrashStack() {
  if (!reports_crashes.load(std::memory_order_relaxed)) return;
  stack_t present{};
  if (::sigaltstack(nullptr, &present) != 0 || (present.ss_flags & SS_DISABLE) == 0) return;  // a sanitizer's
  stack_ = std::make_unique_for_overwrite<std::byte[]>(kCrashStack);
  stack_t stack{};
  stack.ss_sp = stack_.get();
  stack.ss_size = kCrashStack;
  if (::sigaltstack(&stack, nullptr) != 0) stack_.reset();
}

CrashStack::~CrashStack() {
  if (!stack_) return;
  stack_t none{};
  none.ss_flags = SS_DISABLE;
  ::sigaltstack(&none, nullptr);
}

void report_crashes() {
  reports_crashes.store(true, std::memory_order_relaxed);
  static const CrashStack stack;  // of the main thread, until the process ends
  struct sigaction action {};
  action.sa_sigaction = on_crash;
  action.sa_flags = SA_SIGINFO | SA_ONSTACK;
  // A crash of the handler itself ends the process.
  for (const Signal& signal : kSignals) sigaddset(&action.sa_mask, signal.number);
  for (const Signal& signal : kSignals) {
    struct sigaction present {};
    ::sigaction(signal.number, nullptr, &present);
    const bool is_default = (present.sa_flags & SA_SIGINFO) == 0 && present.sa_handler == SIG_DFL;
    if (is_default) ::sigaction(signal.number, &action, nullptr);
  }
}

}  // namespace flux::plugin
