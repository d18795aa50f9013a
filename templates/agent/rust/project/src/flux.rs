//! The C ABI of flux (flux_plugin.h, major 1) for Rust, and what makes it safe to use:
//! batches as slices, results with checked room, panics that fail their event.
#![allow(dead_code)]

use std::ffi::{c_char, c_void, CStr};
use std::mem::size_of;
use std::panic::{catch_unwind, AssertUnwindSafe};
use std::{ptr, slice, str};

pub const MAP: u32 = 1 << 0; // one result for each event that does not fail
pub const STATELESS: u32 = 1 << 1;
pub const PURE: u32 = 1 << 2;
pub const CONCURRENT: u32 = 1 << 3;
pub const ABSORB: u32 = 1 << 4; // results come from finish()

pub const REPLACE: u32 = 0;
pub const SELECT: u32 = 1;
pub const EXTEND: u32 = 2;

pub const INT64: u32 = 1;
pub const DOUBLE: u32 = 2;
pub const STRING: u32 = 4;
pub const OPTIONAL: u32 = 1;

const OK: i32 = 0;
const MORE: i32 = 1;
const FAILED: i32 = -1;
const REFUSED: i32 = 1;

#[repr(C)]
#[derive(Clone, Copy)]
pub struct Str {
    data: *const u8,
    size: usize,
}
impl Str {
    pub const fn new(text: &'static str) -> Str {
        Str { data: text.as_ptr(), size: text.len() }
    }
    fn of(text: &str) -> Str {
        Str { data: text.as_ptr(), size: text.len() }
    }
}

#[repr(C)]
#[derive(Clone, Copy)]
pub struct Path {
    names: *const Str,
    size: usize,
}
const NO_PATH: Path = Path { names: ptr::null(), size: 0 };

#[repr(C)]
pub struct Field {
    struct_size: u32,
    kind: u32,
    flags: u32,
    path: Path,
    to: Path,
}
impl Field {
    /// The event itself.
    pub const fn event(kind: u32) -> Field {
        Field { struct_size: size_of::<Field>() as u32, kind, flags: 0, path: NO_PATH, to: NO_PATH }
    }
    /// A member of it.
    pub const fn member(name: &'static Str, kind: u32, flags: u32) -> Field {
        let path = Path { names: name, size: 1 };
        Field { struct_size: size_of::<Field>() as u32, kind, flags, path, to: NO_PATH }
    }
}

#[repr(C)]
pub struct Type {
    struct_size: u32,
    field_count: u32,
    fields: *const *const Field,
    name: *const c_char,
}
impl Type {
    pub const fn new(fields: &'static [&'static Field]) -> Type {
        Type {
            struct_size: size_of::<Type>() as u32,
            field_count: fields.len() as u32,
            fields: fields.as_ptr() as *const *const Field, // a reference is a pointer
            name: ptr::null(),
        }
    }
}

#[repr(C)]
struct Column {
    data: *const c_void,
    present: *const u8,
}

/// The events of one call: one column per field of the input type.
#[repr(C)]
pub struct Batch {
    struct_size: u32,
    column_count: u32,
    columns: *const Column,
    rows: usize,
    cursor: u64,
}
impl Batch {
    pub fn rows(&self) -> usize {
        self.rows
    }
    fn column(&self, index: usize) -> &Column {
        assert!(index < self.column_count as usize, "there is no column {index}");
        unsafe { &*self.columns.add(index) }
    }
    pub fn has(&self, column: usize, row: usize) -> bool {
        let present = self.column(column).present;
        present.is_null() || unsafe { *present.add(row) != 0 }
    }
    pub fn ints(&self, column: usize) -> &[i64] {
        unsafe { slice::from_raw_parts(self.column(column).data as *const i64, self.rows) }
    }
    pub fn doubles(&self, column: usize) -> &[f64] {
        unsafe { slice::from_raw_parts(self.column(column).data as *const f64, self.rows) }
    }
    /// flux hands over checked UTF-8.
    pub fn text(&self, column: usize, row: usize) -> &str {
        let texts = unsafe { slice::from_raw_parts(self.column(column).data as *const Str, self.rows) };
        let Str { data, size } = texts[row];
        match size {
            0 => "",
            _ => unsafe { str::from_utf8_unchecked(slice::from_raw_parts(data, size)) },
        }
    }
}

#[repr(C)]
struct OutColumn {
    data: *mut c_void,
    present: *mut u8,
}

/// Where results go. flux owns all of it.
#[repr(C)]
pub struct Out {
    struct_size: u32,
    column_count: u32,
    columns: *mut OutColumn,
    origin: *mut u32,
    capacity: usize,
    rows: usize,
    consumed: usize,
    cursor: u64,
    ctx: *mut c_void,
    text: extern "C" fn(*mut Out, usize) -> *mut u8,
    fail: extern "C" fn(*mut Out, usize, i32, Str),
}
/// There is no room for a result; it has to wait for the next call.
pub struct NoRoom;

impl Out {
    /// The result of an agent that is MAP: row `row` is that of event `row`.
    pub fn set_int(&mut self, column: usize, row: usize, value: i64) {
        unsafe { *(self.place(column, row) as *mut i64).add(row) = value }
    }
    pub fn set_double(&mut self, column: usize, row: usize, value: f64) {
        unsafe { *(self.place(column, row) as *mut f64).add(row) = value }
    }
    pub fn set_text(&mut self, column: usize, row: usize, value: &str) -> Result<(), NoRoom> {
        let to = self.place(column, row) as *mut Str;
        let bytes = (self.text)(self, value.len());
        if bytes.is_null() {
            return Err(NoRoom);
        }
        unsafe {
            ptr::copy_nonoverlapping(value.as_ptr(), bytes, value.len());
            *to.add(row) = Str { data: bytes, size: value.len() };
        }
        Ok(())
    }
    /// Result number `self.rows()` is of event `row`: for agents that are not MAP. Its
    /// columns are set first.
    pub fn push(&mut self, row: usize) {
        assert!(self.rows < self.capacity, "there is room for {} results", self.capacity);
        if !self.origin.is_null() {
            unsafe { *self.origin.add(self.rows) = row as u32 }
        }
        self.rows += 1;
    }
    pub fn rows(&self) -> usize {
        self.rows
    }
    pub fn is_full(&self) -> bool {
        self.rows == self.capacity
    }
    /// Event `row` fails, and the batch goes on.
    pub fn fail(&mut self, row: usize, why: &str) {
        (self.fail)(self, row, REFUSED, Str::of(why));
    }

    fn place(&mut self, column: usize, row: usize) -> *mut c_void {
        assert!(column < self.column_count as usize && row < self.capacity, "row {row} of column {column}");
        let column = unsafe { &mut *self.columns.add(column) };
        if !column.present.is_null() {
            unsafe { *column.present.add(row) = 1 }
        }
        column.data
    }
}

#[repr(C)]
pub struct Error {
    ctx: *mut c_void,
    set: extern "C" fn(*mut Error, Str),
}

/// What an agent does; one value is one instance.
pub trait Agent: Default {
    /// MAP | STATELESS | ...: promises, see flux_plugin.h. With ABSORB there is a
    /// finish(), and a merge().
    const FLAGS: u32;
    /// REPLACE, SELECT or EXTEND.
    const RESULT: u32;

    /// Event `row` of the batch. What ends with NoRoom comes again with more room, and
    /// then the first `done` of its results were given. A panic fails the event.
    fn event(&mut self, batch: &Batch, row: usize, done: usize, out: &mut Out) -> Result<(), NoRoom>;
    /// The end of the stream. Results are pushed with any row number.
    fn finish(&mut self, _out: &mut Out) {}
    /// Takes over what another instance has seen.
    fn merge(&mut self, _other: &Self) {}
}

/// What flux is told of an agent.
#[repr(C)]
pub struct Descriptor {
    struct_size: u32,
    flags: u32,
    result: u32,
    state_version: u32,
    name: *const c_char,
    version: *const c_char,
    summary: *const c_char,
    input: *const Type,
    output: *const Type,
    params: *const c_void,
    examples: *const *const Example,
    param_count: u32,
    example_count: u32,
    create: extern "C" fn(*const Descriptor, *const c_void, *const c_void, *mut Error) -> *mut c_void,
    destroy: extern "C" fn(*mut c_void),
    process: extern "C" fn(*mut c_void, *const Batch, *mut Out, *mut Error) -> i32,
    describe: *const c_void,
    finish: Option<extern "C" fn(*mut c_void, *mut Out, *mut Error) -> i32>,
    merge: Option<extern "C" fn(*mut c_void, *mut c_void, *mut Error) -> i32>,
    interrupt: *const c_void,
    save: *const c_void,
    restore: *const c_void,
}

#[repr(C)]
pub struct Example {
    struct_size: u32,
    pipeline: *const c_char,
    input: *const c_char,
    output: *const c_char,
}
impl Example {
    pub const fn new(pipeline: &'static CStr, input: &'static CStr, output: &'static CStr) -> Example {
        Example {
            struct_size: size_of::<Example>() as u32,
            pipeline: pipeline.as_ptr(),
            input: input.as_ptr(),
            output: output.as_ptr(),
        }
    }
}

impl Descriptor {
    /// `output` is None for SELECT.
    pub const fn new<A: Agent>(
        name: &'static CStr,
        summary: &'static CStr,
        input: &'static Type,
        output: Option<&'static Type>,
        examples: &'static [&'static Example],
    ) -> Descriptor {
        let absorbs = A::FLAGS & ABSORB != 0;
        Descriptor {
            struct_size: size_of::<Descriptor>() as u32,
            flags: A::FLAGS,
            result: A::RESULT,
            state_version: 0,
            name: name.as_ptr(),
            version: VERSION.as_ptr() as *const c_char,
            summary: summary.as_ptr(),
            input,
            output: match output {
                Some(output) => output,
                None => ptr::null(),
            },
            params: ptr::null(),
            examples: examples.as_ptr() as *const *const Example,
            param_count: 0,
            example_count: examples.len() as u32,
            create: create::<A>,
            destroy: destroy::<A>,
            process: process::<A>,
            describe: ptr::null(),
            finish: if absorbs { Some(finish::<A>) } else { None },
            merge: if absorbs { Some(merge::<A>) } else { None },
            interrupt: ptr::null(),
            save: ptr::null(),
            restore: ptr::null(),
        }
    }
}

const VERSION: &str = concat!(env!("CARGO_PKG_VERSION"), "\0");
const NAME: &str = concat!(env!("CARGO_PKG_NAME"), "\0");

#[repr(C)]
pub struct Plugin {
    magic: u32,
    abi_major: u32,
    abi_minor: u32,
    struct_size: u32,
    name: *const c_char,
    version: *const c_char,
    license: *const c_char,
    agents: *const *const Descriptor,
    agent_count: u32,
    extension: *const c_void,
}
impl Plugin {
    pub const fn new(agents: &'static [&'static Descriptor]) -> Plugin {
        Plugin {
            magic: 0x58554C46,
            abi_major: 1,
            abi_minor: 0,
            struct_size: size_of::<Plugin>() as u32,
            name: NAME.as_ptr() as *const c_char,
            version: VERSION.as_ptr() as *const c_char,
            license: ptr::null(),
            agents: agents.as_ptr() as *const *const Descriptor,
            agent_count: agents.len() as u32,
            extension: ptr::null(),
        }
    }
}

// Descriptors are constants that point to constants.
unsafe impl Sync for Str {}
unsafe impl Sync for Field {}
unsafe impl Sync for Type {}
unsafe impl Sync for Example {}
unsafe impl Sync for Descriptor {}
unsafe impl Sync for Plugin {}

// The layout is that of flux_plugin.h on a 64-bit machine.
const _: () = assert!(size_of::<Field>() == 48 && size_of::<Type>() == 24 && size_of::<Batch>() == 32);
const _: () = assert!(size_of::<Out>() == 80 && size_of::<Descriptor>() == 152 && size_of::<Plugin>() == 64);

extern "C" fn create<A: Agent>(
    _: *const Descriptor,
    _: *const c_void,
    _: *const c_void,
    error: *mut Error,
) -> *mut c_void {
    std::panic::set_hook(Box::new(|_| {})); // flux tells what failed
    match catch_unwind(|| Box::into_raw(Box::new(A::default()))) {
        Ok(agent) => agent as *mut c_void,
        Err(panic) => {
            set(error, &message(panic));
            ptr::null_mut()
        }
    }
}

extern "C" fn destroy<A: Agent>(agent: *mut c_void) {
    let _ = catch_unwind(|| drop(unsafe { Box::from_raw(agent as *mut A) }));
}

extern "C" fn process<A: Agent>(agent: *mut c_void, batch: *const Batch, out: *mut Out, _: *mut Error) -> i32 {
    let (agent, batch, out) = unsafe { (&mut *(agent as *mut A), &*batch, &mut *out) };
    let is_map = A::FLAGS & MAP != 0;
    for row in 0..batch.rows {
        let before = out.rows;
        let done = if row == 0 { batch.cursor as usize } else { 0 };
        match catch_unwind(AssertUnwindSafe(|| agent.event(batch, row, done, out))) {
            Ok(Ok(())) => {}
            Ok(Err(NoRoom)) if row == 0 && out.rows == 0 => out.fail(row, "a result is too long"),
            Ok(Err(NoRoom)) => {
                out.consumed = row;
                if is_map {
                    out.rows = row;
                } else {
                    out.cursor = (done + out.rows - before) as u64;
                }
                return MORE;
            }
            Err(panic) => out.fail(row, &message(panic)),
        }
    }
    if is_map {
        out.rows = batch.rows;
    }
    OK
}

extern "C" fn finish<A: Agent>(agent: *mut c_void, out: *mut Out, error: *mut Error) -> i32 {
    ended(error, || unsafe { (*(agent as *mut A)).finish(&mut *out) })
}

extern "C" fn merge<A: Agent>(agent: *mut c_void, other: *mut c_void, error: *mut Error) -> i32 {
    ended(error, || unsafe { (*(agent as *mut A)).merge(&*(other as *const A)) })
}

fn ended(error: *mut Error, call: impl FnOnce()) -> i32 {
    match catch_unwind(AssertUnwindSafe(call)) {
        Ok(()) => OK,
        Err(panic) => {
            set(error, &message(panic));
            FAILED
        }
    }
}

fn set(error: *mut Error, why: &str) {
    unsafe { ((*error).set)(error, Str::of(why)) }
}

fn message(panic: Box<dyn std::any::Any + Send>) -> String {
    if let Some(text) = panic.downcast_ref::<&str>() {
        return text.to_string();
    }
    panic.downcast_ref::<String>().cloned().unwrap_or_else(|| "a panic without a message".into())
}
