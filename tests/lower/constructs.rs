//! One page or two for each construct.

use super::english;

/// A resource page whose types, marks, links and values come from its tables alone.
const RESOURCES: &str = "# Basket resources

## Basket

Holds what a guest picked.

| Property | Type | Required | Read-only | Nullable | Description |
|---|---|---|---|---|---|
| id | string | Yes | Yes | No | Names it |
| state | string | No | No | No | One of [BasketState](#basketstate) |
| entries | array of objects | Yes | No | No | The [BasketEntry](#basketentry) list |
| parent | [Basket](#basket) | No | No | Yes | The basket it was split from |
| totals | Dictionary<string, number> | No | No | No | Sums by currency |
| owner | [Guest](#guest) | No | No | No | A type that no table describes |
| comment | string | No | No | No | Optional. Free text |

## BasketEntry

| Property | Type | Description |
|---|---|---|
| weight | number | Read-only. In kilograms |
| baskets | List of Basket objects | Where it lies |
| kind | `BasketKind` | Its kind |

## BasketState

| Value | Position | Description |
|---|---|---|
| Open | 0 | Can be changed |
| CheckedOut | 1 | Was paid |

## Basket kind

| Value | Description |
|---|---|
| gift | What a guest picked for somebody else to have |
| own | What a guest picked for nobody but themselves to have |
";

#[test]
fn types_marks_links_and_values_of_tables() {
    insta::assert_snapshot!(english(&[("baskets.md", RESOURCES)]));
}

/// A page of one request: its body is part of the resource, its examples know more than any table.
const CREATE: &str = "---
description: Makes a basket.
---
# Create a basket

## REST request

### Request syntax

| Method | Request URI |
|---|---|
| **POST** | {baseURL}/v1/guests/{guest-id}/baskets?notify={notify-mail}&mode=fast HTTP/1.1 |

### URI parameters

| Name | Type | Required | In | Description |
|---|---|---|---|---|
| guest-id | string | Yes | path | Who picks |
| notify-mail | string | No | query | Who is told |
| trace | bool | No | query | Whether to keep a record |

### Request headers

| Header | Required | Description |
|---|---|---|
| X-Shop | Yes | Which shop |

### Request body

This table describes the [Basket](baskets.md#basket) properties in the request body.

| Property | Type | Required | Description |
|---|---|---|---|
| Comment | string | No | Free text |
| entries | array of objects | No | What to put into it |
| voucher | int | Yes | Known here only |

### Request example

```http
POST https://shop.example/v1/guests/0f8fad5b-d9cb-469f-a165-70867728950e/baskets?notify=a@b.example&mode=fast HTTP/1.1
Authorization: Bearer <token>
X-Shop: 12
X-Trace: 7c9e6679-7425-40de-944b-e07fc1f90ae7

{
  \"comment\": \"as usual\",
  \"voucher\": \"none\",
  \"entries\": [{ \"weight\": 1.5, \"madeOn\": \"2024-02-06T09:12:44Z\" }]
}
```

## REST response

The answer is the [Basket](baskets.md#basket).

### Response success and error codes

| HTTP Status Code | Error code | Description |
|---|---|---|
| 201 | | Made |
| 409 | 12 | There is one |

### Response example

```http
HTTP/1.1 201 Created
Content-Type: application/json

{
  \"id\": \"7c9e6679-7425-40de-944b-e07fc1f90ae7\",
  \"state\": \"checked_out\",
  \"parent\": null,
  \"totals\": { \"EUR\": 12 },
  \"links\": { \"self\": { \"uri\": \"/baskets/1\" } },
  \"entries\": [{ \"weight\": 2, \"madeOn\": \"2024-02-07T09:12:44Z\" }, { ... }]
}
```

```http
HTTP/1.1 404 Not Found

{ \"code\": 7, \"text\": \"no such guest\" }
```
";

#[test]
fn a_request_with_parameters_bodies_statuses_and_examples() {
    insta::assert_snapshot!(english(&[("baskets.md", RESOURCES), ("create.md", CREATE)]));
}

/// Two pages of one path call its placeholder differently, and differ in case; a third shows it by example.
#[test]
fn requests_to_one_path_are_one_whatever_the_placeholder_is_called() {
    let page = |title: &str, method: &str, path: &str| {
        format!(
            "# {title}\n\n## Request syntax\n\n| Method | Request URI |\n|---|---|\n| {method} | {{baseURL}}{path} |\n\n\
             ## URI parameters\n\n| Name | Type | Required | Description |\n|---|---|---|---|\n\
             | shop-id | GUID | Yes | Which shop |\n| basket id | string | Yes | Which basket |\n"
        )
    };
    let get = page("Get a basket", "GET", "/v1/shops/{shop-id}/baskets/{basket-id}");
    let again = page("Get a basket once more", "Get", "/v1/Shops/{shop-id}/baskets/{id-of-basket}/");
    let delete = page("Delete a basket", "DELETE", "/v1/shops/{shop-id}/baskets/{basket-id}");
    let shown = "# Baskets by example

## Request example

```http
PUT https://shop.example/v1/shops/17/baskets/0f8fad5b-d9cb-469f-a165-70867728950e HTTP/1.1

{ \"open\": true }
```

```http
POST https://shop.example/v1/shops/17/sales HTTP/1.1
```

```http
POST https://elsewhere.example/token HTTP/1.1
```
";
    let pages = [("again.md", again.as_str()), ("delete.md", &delete), ("get.md", &get), ("shown.md", shown)];
    insta::assert_snapshot!(english(&pages));
}

/// A body without a name, and a table of one of its parts.
#[test]
fn bodies_without_a_name_are_listed_where_they_stand() {
    let page = "# Invite a guest

## Request syntax

| Method | Request URI |
|---|---|
| POST | {baseURL}/v1/invitations |

## Request body

| Property | Type | Required | Description |
|---|---|---|---|
| mail | string | Yes | Where to |
| seat | object | No | Where to sit |

The **seat** has these parts.

| Property | Type | Required | Description |
|---|---|---|---|
| row | int | Yes | Counted from the front |

Nobody knows what this is about.

| Property | Type | Description |
|---|---|---|
| other | int | Lost |

## Request example

```http
POST https://shop.example/v1/invitations HTTP/1.1

{ \"mail\": \"a@b.example\", \"seat\": { \"row\": 3, \"side\": \"left\" } }
```

## Response example

```json
[ { \"code\": 1 }, { \"code\": 2, \"hint\": null } ]
```
";
    insta::assert_snapshot!(english(&[("invite.md", page)]));
}

/// Two resources of one name, one of them on a page whose every heading ends in the same word.
#[test]
fn types_of_one_name_stay_apart_and_resources_lose_the_word() {
    let table = |names: &[&str]| {
        let rows: Vec<String> = names.iter().map(|name| format!("| {name} | string | Text |\n")).collect();
        let rows = rows.concat();
        format!("\n| Property | Type | Description |\n|---|---|---|\n{rows}")
    };
    let sales = format!("# Sales\n\n## Order{}", table(&["id", "buyer", "price"]));
    let stock = format!(
        "# Stock\n\n## Order resource\n{}\n## Shelf resource\n\n| Property | Type | Description |\n|---|---|---|\n\
         | order | [Order](#order-resource) | What it holds |\n| sale | [Order](sales.md#order) | Who bought it |\n",
        table(&["shelf", "height", "supplier"])
    );
    insta::assert_snapshot!(english(&[("sales.md", &sales), ("stock.md", &stock)]));
}

/// Examples of a resource page show its type; what they contradict is noted.
#[test]
fn examples_refine_what_tables_leave_open_and_tables_lead_where_they_differ() {
    let page = "# Gauges

## Gauge

| Property | Type | Description |
|---|---|---|
| id | string | Names it |
| Reading | number | What it shows |
| seen | string | When it was read |
| every | string | How often |
| page | string | Where to look |
| mode | string | Either \"hot\" or \"cold\" |
| level | string | Like \"low\" or \"high\" |
| parts | array | What it is made of |
| extra | object | More |
| limit | int | The most |

### Example

```json
[
  { \"id\": 7, \"reading\": 1, \"seen\": \"2024-02-06T09:12:44Z\", \"every\": \"PT5M\", \"page\": \"https://a.example/x\",
    \"mode\": \"Hot\", \"level\": \"middle\", \"parts\": [\"a\"], \"extra\": { \"0\": 1.5, \"17\": 2 }, \"limit\": null, \"more\": [1, 2.5] },
  { \"id\": 8, \"reading\": 2.5, \"seen\": \"2024-02-06T09:12:44Z\", \"every\": \"P1D\", \"page\": \"{page}\", \"mode\": \"\" }
]
```
";
    insta::assert_snapshot!(english(&[("gauges.md", page)]));
}

/// Pages of another make: the title names the resource, requests stand in code blocks, answers in prose.
const TITLED: &str = "# guest resource type

Somebody who picks.

## Methods

| Method | Return type | Description |
|---|---|---|
| [List guests](list.md) | [guest](guest.md) collection | Lists them |
| [Update guest](update.md) | [guest](guest.md) | Changes one |

## Properties

| Property | Type | Description |
|---|---|---|
| id | String | Names the guest. Read-only. |
| active | Boolean | Whether the guest comes back |
| phones | String collection | Where to call |
| seat | [seat](seat.md) | Where the guest sits |

## Relationships

| Relationship | Type | Description |
|---|---|---|
| host | [guest](guest.md) | Who invited the guest |
";

const LISTED: &str = "# List guests

Gives all guests.

## HTTP request

```http
GET /guests
```

## Request headers

| Header | Value |
|---|---|
| Authorization | Bearer {token}. Required. |
| Consistency | Eventual. |

## Request body

Send none.

## Response

The answer is a list of [guest](guest.md) objects.

### Request example

```http
GET https://shop.example/v2.0/guests
```

### Response example

```http
HTTP/1.1 200 OK

{ \"value\": [{ \"id\": \"87d349ed-44d7-43e1-9a83-5f2406dee5bd\", \"active\": true, \"phones\": [] }] }
```
";

const UPDATED: &str = "# Update guest

## HTTP request

```http
PATCH /guests/{guest-id}
```

## Request body

| Property | Type | Description |
|---|---|---|
| active | Boolean | Whether the guest comes back |

## Request example

```http
PATCH https://shop.example/v2.0/guests/87d349ed-44d7-43e1-9a83-5f2406dee5bd

{ \"active\": false }
```

## Response example

```http
HTTP/1.1 204 No Content
```
";

#[test]
fn titles_name_resources_and_code_blocks_name_requests() {
    let pages = [("guest.md", TITLED), ("list.md", LISTED), ("update.md", UPDATED)];
    insta::assert_snapshot!(english(&pages));
}
