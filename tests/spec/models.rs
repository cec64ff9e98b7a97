//! The built-in cart family.

use crate::dump::dump;
use docdrift::spec;

#[test]
fn the_cart_family_is_read_whole() {
    insta::assert_snapshot!("models", dump(&spec::models()));
}
