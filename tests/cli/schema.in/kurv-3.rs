/// What a buyer puts together.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Basket {
    /// Given by the service.
    pub id: Option<String>,
    /// What is in it.
    pub line_items: Vec<Item>,
}

/// One product.
#[derive(Serialize, Deserialize)]
pub struct Item {
    pub sku: String,
    pub note: Option<String>,
    pub amount: u32,
    pub cycle: Cycle,
}

/// How often it is paid.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cycle {
    /// Once.
    OneTime,
    Monthly,
}
