//! @name@: any number of results for each event.
mod flux;
use flux::{Agent, Batch, Field, NoRoom, Out, Type};

#[derive(Default)]
struct @Name@Agent;

impl Agent for @Name@Agent {
    const FLAGS: u32 = flux::STATELESS | flux::PURE | flux::CONCURRENT;
    const RESULT: u32 = flux::REPLACE;

    fn event(&mut self, batch: &Batch, row: usize, done: usize, out: &mut Out) -> Result<(), NoRoom> {
        let words = batch.text(0, row).split(' ').filter(|word| !word.is_empty());
        for word in words.skip(done) {
            if out.is_full() {
                return Err(NoRoom);
            }
            out.set_text(0, out.rows(), word)?;
            out.push(row);
        }
        Ok(())
    }
}

static TEXT: Field = Field::event(flux::STRING);
static INPUT: Type = Type::new(&[&TEXT]);

static EXAMPLE: flux::Example = flux::Example::new(c"@name@", c"\"to be\"\n", c"\"to\"\n\"be\"\n");
static AGENT: flux::Descriptor =
    flux::Descriptor::new::<@Name@Agent>(c"@name@", c"Splits texts into their words", &INPUT, Some(&INPUT), &[&EXAMPLE]);
static PLUGIN: flux::Plugin = flux::Plugin::new(&[&AGENT]);

#[no_mangle]
pub extern "C" fn flux_plugin_entry() -> *const flux::Plugin {
    &PLUGIN
}
