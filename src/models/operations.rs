//! The operations of the cart family, as a table that the compiler checks and `spec` reads.

use super::cart::{Cart, CartCheckoutResult};
use super::operation::{Body, Operation, Parameter, Response};
use super::scalar::Guid;

/// Identifies the customer.
pub const CUSTOMER_ID: Parameter = Parameter { name: "customer-id", ty: Body::of::<Guid>(), required: true };

/// Identifies the cart.
pub const CART_ID: Parameter = Parameter { name: "cart-id", ty: Body::of::<Guid>(), required: true };

/// All operations of the family.
pub const OPERATIONS: &[Operation] = &[
    Operation {
        name: "create a cart",
        method: "POST",
        path: "/v1/customers/{customer-id}/carts",
        parameters: &[CUSTOMER_ID],
        request: Some(Body::of::<Cart>()),
        responses: &[Response { status: 201, body: Some(Body::of::<Cart>()) }],
    },
    Operation {
        name: "update a cart",
        method: "PUT",
        path: "/v1/customers/{customer-id}/carts/{cart-id}",
        parameters: &[CUSTOMER_ID, CART_ID],
        request: Some(Body::of::<Cart>()),
        responses: &[Response { status: 200, body: Some(Body::of::<Cart>()) }],
    },
    Operation {
        name: "get a cart",
        method: "GET",
        path: "/v1/customers/{customer-id}/carts/{cart-id}",
        parameters: &[CUSTOMER_ID, CART_ID],
        request: None,
        responses: &[Response { status: 200, body: Some(Body::of::<Cart>()) }],
    },
    Operation {
        name: "check out a cart",
        method: "POST",
        path: "/v1/customers/{customer-id}/carts/{cart-id}/checkout",
        parameters: &[CUSTOMER_ID, CART_ID],
        request: None,
        responses: &[Response { status: 201, body: Some(Body::of::<CartCheckoutResult>()) }],
    },
];
