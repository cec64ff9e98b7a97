//! The documentation says what the types say, in every language.

use shop::{Cart, CartLineItem, Order, OrderStatus};

#[test]
fn docs_say_what_the_types_say() {
    docdrift::conform!("docs/", Cart, CartLineItem, Order, OrderStatus);
}

/// The same line for pages that were left behind when the types moved on. The README shows what it says.
#[test]
fn drifted_docs_fail() {
    let failure = std::panic::catch_unwind(|| docdrift::conform!("docs-drifted/", Cart, CartLineItem));
    let message = failure.expect_err("the pages have drifted").downcast::<String>().expect("a message");
    let readme = include_str!("../README.md");
    assert!(readme.contains(message.as_str()), "README.md does not show:\n{message}");
}
