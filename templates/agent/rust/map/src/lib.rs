//! @name@: one result for each event.
mod flux;
use flux::{Agent, Batch, Field, NoRoom, Out, Type};

#[derive(Default)]
struct @Name@Agent;

impl Agent for @Name@Agent {
    const FLAGS: u32 = flux::MAP | flux::STATELESS | flux::PURE | flux::CONCURRENT;
    const RESULT: u32 = flux::REPLACE;

    fn event(&mut self, batch: &Batch, row: usize, _done: usize, out: &mut Out) -> Result<(), NoRoom> {
        out.set_text(0, row, &batch.text(0, row).to_ascii_uppercase())
    }
}

static TEXT: Field = Field::event(flux::STRING);
static INPUT: Type = Type::new(&[&TEXT]);

static EXAMPLE: flux::Example = flux::Example::new(c"@name@", c"\"hello\"\n", c"\"HELLO\"\n");
static AGENT: flux::Descriptor =
    flux::Descriptor::new::<@Name@Agent>(c"@name@", c"Gives texts in capitals", &INPUT, Some(&INPUT), &[&EXAMPLE]);
static PLUGIN: flux::Plugin = flux::Plugin::new(&[&AGENT]);

#[no_mangle]
pub extern "C" fn flux_plugin_entry() -> *const flux::Plugin {
    &PLUGIN
}
