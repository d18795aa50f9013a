//! @name@: the event goes on with members set; what is not touched keeps its bytes.
mod flux;
use flux::{Agent, Batch, Field, NoRoom, Out, Str, Type};

#[derive(Default)]
struct @Name@Agent;

impl Agent for @Name@Agent {
    const FLAGS: u32 = flux::MAP | flux::STATELESS | flux::PURE | flux::CONCURRENT;
    const RESULT: u32 = flux::EXTEND;

    fn event(&mut self, batch: &Batch, row: usize, _done: usize, out: &mut Out) -> Result<(), NoRoom> {
        let (price, count) = (batch.doubles(0)[row], batch.ints(1)[row]);
        let total = price * count as f64;
        if count < 0 {
            out.fail(row, "count is negative");
        } else if !total.is_finite() {
            out.fail(row, "the total is too large");
        } else {
            out.set_double(0, row, total);
        }
        Ok(())
    }
}

// What is read of an event,
static PRICE: Str = Str::new("price");
static COUNT: Str = Str::new("count");
static PRICE_FIELD: Field = Field::member(&PRICE, flux::DOUBLE, 0);
static COUNT_FIELD: Field = Field::member(&COUNT, flux::INT64, 0);
static INPUT: Type = Type::new(&[&PRICE_FIELD, &COUNT_FIELD]);

// and what is set on it.
static TOTAL: Str = Str::new("total");
static TOTAL_FIELD: Field = Field::member(&TOTAL, flux::DOUBLE, 0);
static OUTPUT: Type = Type::new(&[&TOTAL_FIELD]);

static EXAMPLE: flux::Example = flux::Example::new(c"@name@", c"{\"price\":2.5,\"count\":4}\n", c"{\"price\":2.5,\"count\":4,\"total\":10.0}\n");
static AGENT: flux::Descriptor =
    flux::Descriptor::new::<@Name@Agent>(c"@name@", c"Sets total from price and count", &INPUT, Some(&OUTPUT), &[&EXAMPLE]);
static PLUGIN: flux::Plugin = flux::Plugin::new(&[&AGENT]);

#[no_mangle]
pub extern "C" fn flux_plugin_entry() -> *const flux::Plugin {
    &PLUGIN
}
