//! Messages as oracle: who does not break, by the changes, can go on sending what was right, and gets
//! nothing that was not.

use docdrift::compare::conform::Contract;
use docdrift::export::{Format, render};
use docdrift::report::Style;
use docdrift::report::schema_diff::{self as report, Labelled, View};
use docdrift::schema::{Additional, Object, Property, Schema, Shape, Type};
use docdrift::schema_diff::{Breaks, Change, Differences, Languages, diff};
use docdrift::spec::{self, canonical};
use proptest::prelude::*;

use super::author::{Author, has_circular_alias};
use super::chance::Chance;
use super::contract::in_contract;
use super::schemas;

fn config(cases: u32) -> ProptestConfig {
    ProptestConfig {
        cases,
        failure_persistence: None,
        max_global_rejects: 20_000,
        ..ProptestConfig::default()
    }
}

/// Something that happens to a schema.
#[derive(Debug, Clone)]
enum Tweak {
    Retype(Type),
    Rename(&'static str),
    Remove,
    Add(Type, bool),
    Required([bool; 2]),
    Nullable,
    Open,
    Value(&'static str),
}

fn tweak() -> impl Strategy<Value = Tweak> {
    prop_oneof![
        schemas::ty().prop_map(Tweak::Retype),
        prop::sample::select(&["lineItemz", "other", "Id"][..]).prop_map(Tweak::Rename),
        Just(Tweak::Remove),
        (schemas::ty(), any::<bool>()).prop_map(|(ty, is_required)| Tweak::Add(ty, is_required)),
        any::<[bool; 2]>().prop_map(Tweak::Required),
        Just(Tweak::Nullable),
        Just(Tweak::Open),
        prop::sample::select(&["monthly", "7"][..]).prop_map(Tweak::Value),
    ]
}

fn apply(schema: &mut Schema, at: usize, of: usize, tweak: Tweak) {
    let count = schema.types.len();
    let Some(def) = schema.types.values_mut().nth(at % count.max(1)) else { return };
    match &mut def.shape {
        Shape::Object(object) => apply_to_object(object, of, tweak),
        Shape::Alias(ty) => {
            if let Tweak::Retype(other) = tweak {
                *ty = other;
            }
        }
        Shape::Enum(set) => match tweak {
            Tweak::Open => set.open = !set.open,
            Tweak::Remove => {
                let last = set.members.len().saturating_sub(1);
                set.members.truncate(last);
            }
            Tweak::Value(value) if set.members.iter().all(|member| member.value != value) => {
                set.members.push(docdrift::schema::Member::new(value));
            }
            _ => {}
        },
    }
}

fn apply_to_object(object: &mut Object, of: usize, tweak: Tweak) {
    let count = object.properties.len();
    match tweak {
        Tweak::Add(ty, is_required) => {
            let property =
                if is_required { Property::required("added", ty) } else { Property::new("added", ty) };
            object.properties.push(property);
        }
        Tweak::Open => {
            let is_closed = object.additional == Additional::Denied;
            object.additional = if is_closed { Additional::Unspecified } else { Additional::Denied };
        }
        _ if count == 0 => {}
        Tweak::Remove => {
            object.properties.remove(of % count);
        }
        Tweak::Retype(ty) => object.properties[of % count].ty = ty,
        Tweak::Rename(name) => name.clone_into(&mut object.properties[of % count].name),
        Tweak::Required([request, response]) => {
            let property = &mut object.properties[of % count];
            (property.required_in_request, property.required_in_response) = (request, response);
        }
        Tweak::Nullable => object.properties[of % count].nullable ^= true,
        Tweak::Value(_) => {}
    }
}

/// Properties whose names are told apart by more than their names would need more care to compare.
fn plain(mut schema: Schema) -> Schema {
    schema.operations.clear();
    for def in schema.types.values_mut() {
        def.origin = None;
        if let Shape::Enum(set) = &mut def.shape {
            set.members.iter_mut().for_each(|member| member.number = None);
        }
        if let Shape::Object(object) = &mut def.shape {
            let mut seen = Vec::new();
            object.properties.retain(|property| {
                let is_new = !seen.contains(&property.name);
                seen.push(property.name.clone());
                is_new
            });
            for property in &mut object.properties {
                property.origin = None;
                property.aliases.clear();
                property.request_name = None;
                (property.read_only, property.write_only) = (false, false);
            }
        }
    }
    schema
}

fn validator(schema: &Schema, name: &str) -> jsonschema::Validator {
    let document = serde_json::from_str(&render(schema, Format::JsonSchema, Some(name))).expect("JSON");
    jsonschema::validator_for(&document).expect("a JSON Schema")
}

fn broken(changes: &[Change]) -> Breaks {
    changes.iter().fold(Breaks::default(), |all, change| all.or(change.breaks()))
}

proptest! {
    #![proptest_config(config(512))]

    #[test]
    fn who_does_not_break_can_go_on(
        schema in schemas::schema(),
        tweaks in prop::collection::vec((0_usize..8, 0_usize..8, tweak()), 1..3),
        seed in 0_usize..1 << 40,
    ) {
        let old = plain(schema);
        let mut new = old.clone();
        for (at, of, tweak) in tweaks {
            apply(&mut new, at, of, tweak);
        }
        let new = plain(new);
        prop_assume!(!has_circular_alias(&old) && !has_circular_alias(&new));
        let changes = diff(&old, &new, Languages::default()).changes;
        let breaks = broken(&changes);
        for name in old.types.keys() {
            if !breaks.writers {
                let mut author = Author { schema: &old, contract: Contract::Request, chance: Chance::new(seed) };
                if let Some(message) = author.named(name, 0) {
                    let validator = validator(&in_contract(new.clone(), Contract::Request), name);
                    prop_assert!(validator.is_valid(&message), "{} sent: {}\n{:#?}", name, message, changes);
                }
            }
            if !breaks.readers {
                let mut author = Author { schema: &new, contract: Contract::Response, chance: Chance::new(seed) };
                if let Some(message) = author.named(name, 0) {
                    let validator = validator(&in_contract(old.clone(), Contract::Response), name);
                    prop_assert!(validator.is_valid(&message), "{} read: {}\n{:#?}", name, message, changes);
                }
            }
        }
    }
}

proptest! {
    #![proptest_config(config(256))]

    #[test]
    fn a_schema_does_not_differ_from_itself(schema in schemas::schema()) {
        prop_assert_eq!(diff(&schema, &schema, Languages::default()), Differences::default());
        let text = render(&schema, Format::Canonical, None);
        let again = canonical::read(serde_json::from_str(&text).expect("JSON")).expect("canonical JSON");
        prop_assert_eq!(diff(&schema, &again, Languages::default()), Differences::default());
    }

    #[test]
    fn any_two_schemas_are_compared(before in schemas::schema(), after in schemas::schema()) {
        let found = diff(&before, &after, Languages::default());
        let changes = &found.changes;
        let view = View {
            found: &found,
            before: Labelled { label: "a", schema: &before },
            after: Labelled { label: "b", schema: &after },
        };
        for format in [report::Format::Text(Style::Coloured), report::Format::Json, report::Format::Markdown] {
            prop_assert!(report::render(&view, format).ends_with('\n') || changes.is_empty());
        }
        for change in changes {
            prop_assert!(!change.aspects.is_empty() && (change.before.is_some() || change.after.is_some()));
        }
    }
}

#[test]
fn the_models_differ_from_nothing_in_all_they_have() {
    let models = spec::models();
    let changes = diff(&Schema::default(), &models, Languages::default()).changes;
    assert_eq!(changes.len(), models.types.len() + models.operations.len());
    assert_eq!(broken(&changes), Breaks::default());
    let changes = diff(&models, &Schema::default(), Languages::default()).changes;
    assert_eq!(broken(&changes), Breaks { readers: true, writers: true });
}
