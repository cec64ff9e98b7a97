//! What happens to messages: changes that know nothing of the schema.

use serde_json::{Value, json};

use crate::chance::Chance;
use crate::forms::FORMATS;

/// A kind of change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Damage {
    /// A key is dropped.
    Drop,
    /// A key is added.
    Add,
    /// A value becomes one of another type.
    Retype,
    /// A value becomes null.
    Null,
    /// A number gets a fraction, or another value.
    Number,
    /// A string becomes another word.
    Word,
    /// A string becomes one that no format has.
    Format,
    /// A list gets longer or shorter.
    Length,
}

pub const ALL: [Damage; 8] = [
    Damage::Drop,
    Damage::Add,
    Damage::Retype,
    Damage::Null,
    Damage::Number,
    Damage::Word,
    Damage::Format,
    Damage::Length,
];

impl Damage {
    /// Changes one of the places that can be changed so; whether there is one.
    pub fn befall(self, value: &mut Value, chance: &mut Chance) -> bool {
        let mut places = Vec::new();
        collect(value, &mut String::new(), &mut places);
        places.retain(|pointer| value.pointer(pointer).is_some_and(|value| self.fits(value)));
        let Some(at) = chance.below(places.len()) else { return false };
        let value = value.pointer_mut(&places[at]).expect("it was found there");
        self.change(value, chance);
        true
    }

    fn fits(self, value: &Value) -> bool {
        match self {
            Self::Drop => value.as_object().is_some_and(|object| !object.is_empty()),
            Self::Add => value.is_object(),
            Self::Retype | Self::Null => true,
            Self::Number => value.is_number(),
            Self::Word | Self::Format => value.is_string(),
            Self::Length => value.is_array(),
        }
    }

    fn change(self, value: &mut Value, chance: &mut Chance) {
        let mut below = |end: usize| chance.below(end).unwrap_or(0);
        match (self, value) {
            (Self::Drop, Value::Object(object)) => {
                let key = object.keys().nth(below(object.len())).cloned().unwrap_or_default();
                object.remove(&key);
            }
            (Self::Add, Value::Object(object)) => {
                let values = [json!(null), json!(1), json!("text"), json!({})];
                object.insert("a key of nobody".to_owned(), values[below(4)].clone());
            }
            (Self::Length, Value::Array(list)) => {
                if list.pop().is_none() || below(2) == 0 {
                    list.extend([json!(1), json!(1)]);
                }
            }
            (Self::Number, value) => *value = [json!(0.5), json!(12_345)][below(2)].clone(),
            (Self::Word, value) => *value = json!(["no such word", "Monthly", "0"][below(3)]),
            (Self::Format, value) => {
                let wrong: Vec<&str> = FORMATS.iter().flat_map(|format| format.wrong).copied().collect();
                *value = json!(wrong[below(wrong.len())]);
            }
            (Self::Null, value) => *value = Value::Null,
            (_, value) => {
                let others = [json!(true), json!(7), json!("7"), json!([]), json!({})];
                let is_other =
                    |other: &&Value| std::mem::discriminant(*other) != std::mem::discriminant(&*value);
                let others: Vec<&Value> = others.iter().filter(is_other).collect();
                *value = others[below(others.len())].clone();
            }
        }
    }
}

/// The JSON pointers of all values.
fn collect(value: &Value, pointer: &mut String, out: &mut Vec<String>) {
    out.push(pointer.clone());
    let length = pointer.len();
    let members: Vec<(String, &Value)> = match value {
        Value::Object(object) => object.iter().map(|(key, value)| (key.clone(), value)).collect(),
        Value::Array(list) => list.iter().enumerate().map(|(at, value)| (at.to_string(), value)).collect(),
        _ => return,
    };
    for (step, value) in members {
        pointer.push('/');
        pointer.push_str(&step);
        collect(value, pointer, out);
        pointer.truncate(length);
    }
}
