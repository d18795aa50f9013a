//! @name@: an event goes on as it is, or not.
mod flux;
use flux::{Agent, Batch, Field, NoRoom, Out, Str, Type};

#[derive(Default)]
struct @Name@Agent;

impl Agent for @Name@Agent {
    const FLAGS: u32 = flux::STATELESS | flux::PURE | flux::CONCURRENT;
    const RESULT: u32 = flux::SELECT;

    fn event(&mut self, batch: &Batch, row: usize, _done: usize, out: &mut Out) -> Result<(), NoRoom> {
        if batch.has(0, row) && batch.text(0, row) == "error" {
            out.push(row);
        }
        Ok(())
    }
}

// What is looked at; events may have other members, in any order.
static LEVEL: Str = Str::new("level");
static LEVEL_FIELD: Field = Field::member(&LEVEL, flux::STRING, flux::OPTIONAL);
static INPUT: Type = Type::new(&[&LEVEL_FIELD]);

static EXAMPLE: flux::Example = flux::Example::new(c"@name@", c"{\"level\":\"error\"}\n{\"level\":\"info\"}\n", c"{\"level\":\"error\"}\n");
static AGENT: flux::Descriptor =
    flux::Descriptor::new::<@Name@Agent>(c"@name@", c"Keeps events whose level is error", &INPUT, None, &[&EXAMPLE]);
static PLUGIN: flux::Plugin = flux::Plugin::new(&[&AGENT]);

#[no_mangle]
pub extern "C" fn flux_plugin_entry() -> *const flux::Plugin {
    &PLUGIN
}
