//! @name@: takes events in, and gives what it made of them at the end of the stream.
mod flux;
use flux::{Agent, Batch, Field, NoRoom, Out, Str, Type};

#[derive(Default)]
struct @Name@Agent {
    range: Option<(i64, i64)>,
}

impl @Name@Agent {
    fn add(&mut self, smallest: i64, largest: i64) {
        self.range = Some(match self.range {
            Some((low, high)) => (low.min(smallest), high.max(largest)),
            None => (smallest, largest),
        });
    }
}

impl Agent for @Name@Agent {
    const FLAGS: u32 = flux::ABSORB;
    const RESULT: u32 = flux::REPLACE;

    fn event(&mut self, batch: &Batch, row: usize, _done: usize, _out: &mut Out) -> Result<(), NoRoom> {
        let x = batch.ints(0)[row];
        self.add(x, x);
        Ok(())
    }

    fn finish(&mut self, out: &mut Out) {
        if let Some((smallest, largest)) = self.range {
            out.set_int(0, 0, smallest);
            out.set_int(1, 0, largest);
            out.push(0);
        }
    }

    // With it each worker has an instance of its own.
    fn merge(&mut self, other: &Self) {
        if let Some((smallest, largest)) = other.range {
            self.add(smallest, largest);
        }
    }
}

static INTEGER: Field = Field::event(flux::INT64);
static INPUT: Type = Type::new(&[&INTEGER]);

static SMALLEST: Str = Str::new("smallest");
static LARGEST: Str = Str::new("largest");
static SMALLEST_FIELD: Field = Field::member(&SMALLEST, flux::INT64, 0);
static LARGEST_FIELD: Field = Field::member(&LARGEST, flux::INT64, 0);
static OUTPUT: Type = Type::new(&[&SMALLEST_FIELD, &LARGEST_FIELD]);

static EXAMPLE: flux::Example = flux::Example::new(c"@name@", c"3\n-7\n5\n", c"{\"smallest\":-7,\"largest\":5}\n");
static AGENT: flux::Descriptor =
    flux::Descriptor::new::<@Name@Agent>(c"@name@", c"Gives the smallest and the largest integer", &INPUT, Some(&OUTPUT), &[&EXAMPLE]);
static PLUGIN: flux::Plugin = flux::Plugin::new(&[&AGENT]);

#[no_mangle]
pub extern "C" fn flux_plugin_entry() -> *const flux::Plugin {
    &PLUGIN
}
