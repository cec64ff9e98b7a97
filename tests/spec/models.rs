//! The built-in cart family.

use std::fs;

use docdrift::models::operations::OPERATIONS;
use docdrift::models::{
    BillingCycleType, Cart, CartCheckoutResult, CartError, CartErrorCode, CartLineItem, KeyValuePair, Order,
    OrderLineItem, ParticipantType,
};
use docdrift::schema::{Format, Schema, Shape, Type};
use docdrift::spec;
use serde_json::{Value, json};

use crate::agreement::assert_agrees;
use crate::dump::dump;
use crate::oracle::{Oracle, as_json_schema_says};

#[test]
fn the_cart_family_is_read_whole() {
    insta::assert_snapshot!("models", dump(&spec::models()));
}

/// `UPDATE_MODELS=1 cargo test --test spec` writes it anew.
#[test]
fn the_schema_beside_the_source_is_what_the_source_says() {
    const PATH: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/src/models/schema.json");

    let read = spec::rust(spec::models().files);
    let now = written(&read);
    if std::env::var_os("UPDATE_MODELS").is_some() {
        return fs::write(PATH, now).expect("a file to write");
    }
    let text = fs::read_to_string(PATH).expect("a file of this repository");
    assert!(text == now, "src/models/schema.json is stale: UPDATE_MODELS=1 cargo test --test spec");
    assert_eq!(spec::models(), read);
    let written: Schema = serde_json::from_str(&text).expect("a schema");
    assert_eq!(Schema { files: read.files.clone(), ..written }, read);
}

/// A schema as JSON, with a line for each type and operation.
fn written(schema: &Schema) -> String {
    let types: Vec<String> =
        schema.types.iter().map(|(name, ty)| format!("{}: {}", json!(name), json!(ty))).collect();
    let operations: Vec<String> = schema.operations.iter().map(|one| json!(one).to_string()).collect();
    format!(
        "{{\"types\": {{\n{}\n}},\n\"operations\": [\n{}\n],\n\"notes\": {}}}\n",
        types.join(",\n"),
        operations.join(",\n"),
        json!(schema.notes)
    )
}

#[test]
fn source_and_compiled_types_have_the_same_schema() {
    let compiled = Oracle::new()
        .with::<Cart>()
        .with::<CartCheckoutResult>()
        .named::<KeyValuePair<ParticipantType, String>>("KeyValuePair<ParticipantType, string>")
        .named::<KeyValuePair<String, String>>("KeyValuePair<string, string>")
        .schema();
    let source = Schema { types: as_json_schema_says(&spec::models()), ..Schema::default() };
    assert_same(&compiled, &source);
}

/// Compares two schemas and shows where they part.
pub fn assert_same(compiled: &Schema, source: &Schema) {
    let (left, right) = (dump(compiled), dump(source));
    let diff = similar::TextDiff::from_lines(&left, &right);
    let diff = diff.unified_diff().header("schemars", "source").to_string();
    assert!(diff.is_empty(), "{diff}");
    // The dump leaves descriptions out.
    assert_eq!(without_defaults(json!(compiled.types)), without_defaults(json!(source.types)));
}

/// What a type is if it is left out only who compiles it can tell.
fn without_defaults(mut value: serde_json::Value) -> serde_json::Value {
    match &mut value {
        serde_json::Value::Object(members) => {
            members.remove("default");
            members.values_mut().for_each(|member| *member = without_defaults(member.take()));
        }
        serde_json::Value::Array(list) => list.iter_mut().for_each(|one| *one = without_defaults(one.take())),
        _ => {}
    }
    value
}

#[test]
fn the_operations_read_are_the_operations_compiled() {
    let schema = spec::models();
    assert_eq!(schema.operations.len(), OPERATIONS.len());
    for (read, compiled) in schema.operations.iter().zip(OPERATIONS) {
        assert_eq!(
            (&*read.name, &*read.method, &*read.path),
            (compiled.name, compiled.method, compiled.path)
        );
        assert_eq!(read.request, compiled.request.map(|body| Type::Named((body.name)().into_owned())));
        let parameters: Vec<_> = read.parameters.iter().map(|one| (&*one.name, one.required)).collect();
        let expected: Vec<_> = compiled.parameters.iter().map(|one| (one.name, one.required)).collect();
        assert_eq!(parameters, expected);
        assert!(
            read.parameters.iter().all(|one| one.ty == Type::String(Format::Uuid) && !one.doc.is_empty())
        );
        for (read, compiled) in read.responses.iter().zip(compiled.responses) {
            assert_eq!(read.status, compiled.status);
            assert_eq!(read.body, compiled.body.map(|body| Type::Named((body.name)().into_owned())));
        }
    }
}

#[test]
fn every_place_covers_the_name_it_stands_for() {
    let schema = spec::models();
    let text = |place: Option<docdrift::text::Place>| {
        let place = place.expect("everything read from source has a place");
        place.span.of(&schema.file(place.file).unwrap().text).to_owned()
    };
    for def in schema.types.values() {
        assert!(def.name.starts_with(&text(def.place)), "{}", def.name);
        match &def.shape {
            Shape::Object(object) => {
                for property in &object.properties {
                    let declared = text(property.place);
                    let plain = |name: &str| name.replace('_', "").to_ascii_lowercase();
                    assert_eq!(plain(&declared), plain(&property.name), "{}.{}", def.name, property.name);
                }
            }
            Shape::Enum(set) => {
                for member in &set.members {
                    let declared = text(member.place);
                    assert!(declared == member.declared || declared == member.value, "{declared}");
                }
            }
            Shape::Alias(_) => panic!("the family has no aliases"),
        }
    }
    for operation in &schema.operations {
        assert_eq!(text(operation.place), operation.path);
        for parameter in &operation.parameters {
            assert_eq!(text(parameter.place), parameter.name);
        }
    }
    assert_eq!(schema.notes, []);
}

/// Everything a cart can hold, in a message of our own.
fn full_cart() -> Value {
    json!({
        "id": "0b1f6f8e-5a0f-4c8e-8d53-1c9f0a7b2e44",
        "creationTimestamp": "2031-02-03T04:05:06.7891234Z",
        "lastModifiedTimestamp": "2031-02-03T04:05:07Z",
        "expirationTimestamp": "2031-02-10T04:05:06Z",
        "lastModifiedUser": "6c1d7c0e-42ab-4d7c-9a51-2f6f5f0d9a10",
        "lineItems": [full_item(&json!([full_item(&json!([]))]))],
        "status": "Active",
        "partnerOnRecordAttestationAccepted": true,
        "links": { "self": link(), "next": link(), "previous": link() },
        "attributes": { "etag": "W/1", "objectType": "Cart" }
    })
}

fn full_item(addons: &Value) -> Value {
    json!({
        "id": 0,
        "catalogItemId": "AAA000BBB111:0002:CCC222DDD333",
        "friendlyName": "for the night shift",
        "quantity": 3,
        "currencyCode": "SEK",
        "billingCycle": "one_time",
        "termDuration": "P3Y",
        "participants": [{ "key": "transaction_reseller", "value": "5550123" }],
        "provisioningContext": { "subscriptionId": "c0ffee00-0000-4000-8000-000000000001" },
        "orderGroup": "0",
        "addonItems": addons,
        "error": {
            "errorCode": "sandbox_limit_exceeded",
            "errorDescription": "too much",
            "additionalInformation": { "limit": 5 }
        },
        "renewsTo": { "termDuration": "P1M" },
        "attestationAccepted": false,
        "promotionId": "39NFJQT1X0ZK:0001",
        "customTermEndDate": "2032-01-01T00:00:00Z",
        "purchaseSystem": "new"
    })
}

fn link() -> Value {
    json!({ "uri": "/customers/1/carts/2", "method": "GET", "headers": [{ "key": "If-Match", "value": "W/1" }] })
}

fn full_order() -> Value {
    json!({
        "id": "ord1",
        "alternateId": "o1",
        "referenceCustomerId": "3f0a2a50-0f4b-4f6e-9a5e-31f2a1f0c9d1",
        "billingCycle": "annual",
        "currencyCode": "EUR",
        "currencySymbol": "€",
        "lineItems": [{
            "lineItemNumber": 0,
            "offerId": "AAA:1:B",
            "subscriptionId": "8b3b0d1a-0000-4000-8000-000000000002",
            "parentSubscriptionId": "8b3b0d1a-0000-4000-8000-000000000003",
            "friendlyName": "n",
            "partnerIdOnRecord": "5550123",
            "promotionId": "p",
            "additionalPartnerIdsOnRecord": ["5550124"],
            "quantity": 1,
            "termDuration": "P1Y",
            "transactionType": "New",
            "renewsTo": { "termDuration": "P1Y" },
            "pricing": { "price": 12.5 },
            "customTermEndDate": "2032-01-01T00:00:00Z",
            "provisioningContext": {},
            "attestationAccepted": true,
            "links": {
                "subscription": link(), "product": link(), "sku": link(), "availability": link(),
                "provisioningStatus": link(), "activationLinks": link()
            }
        }],
        "creationDate": "2031-02-03T04:05:06.78+00:00",
        "status": "pending",
        "transactionType": "UserPurchase",
        "links": {
            "self": link(), "next": link(), "previous": link(), "provisioningStatus": link(),
            "patchOperation": link()
        },
        "totalPrice": 12.5,
        "partnerOnRecordAttestationAccepted": true,
        "attributes": { "etag": "W/2", "objectType": "Order" }
    })
}

#[test]
fn messages_come_back_as_they_were() {
    let cart: Cart = serde_json::from_value(full_cart()).unwrap();
    assert_eq!(serde_json::to_value(&cart).unwrap(), full_cart());
    let order_error = json!({ "orderGroupId": "1", "code": 800_001, "description": "no" });
    let result = json!({ "orders": [full_order()], "orderErrors": [order_error] });
    let read: CartCheckoutResult = serde_json::from_value(result.clone()).unwrap();
    assert_eq!(serde_json::to_value(&read).unwrap(), result);
}

#[test]
fn the_least_a_request_must_carry() {
    let least = json!({ "lineItems": [{ "catalogItemId": "A:1:B", "quantity": 1, "billingCycle": "none" }] });
    let cart: Cart = serde_json::from_value(least.clone()).unwrap();
    assert_eq!(cart.line_items[0].billing_cycle, BillingCycleType::None);
    assert_eq!(serde_json::to_value(&cart).unwrap(), least);
}

#[test]
fn serde_agrees_with_the_schema() {
    let schema = spec::models();
    let cart: Cart = serde_json::from_value(full_cart()).unwrap();
    let order: Order = serde_json::from_value(full_order()).unwrap();
    let item = &cart.line_items[0];
    assert_agrees::<Cart>(&schema, "Cart", &cart);
    assert_agrees::<CartLineItem>(&schema, "CartLineItem", item);
    assert_agrees::<CartError>(&schema, "CartError", item.error.as_ref().unwrap());
    assert_agrees::<Order>(&schema, "Order", &order);
    assert_agrees::<OrderLineItem>(&schema, "OrderLineItem", &order.line_items.as_ref().unwrap()[0]);
}

#[test]
fn every_error_code_reads_its_own_word() {
    let schema = spec::models();
    let Shape::Enum(set) = &schema.types["CartErrorCode"].shape else { panic!("not an enum") };
    for member in &set.members {
        let code: CartErrorCode = serde_json::from_value(json!(member.value)).unwrap();
        assert_eq!(Some(code as i64), member.number);
        assert_eq!(format!("{code:?}"), member.declared);
    }
}
