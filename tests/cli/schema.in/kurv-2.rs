/// What a buyer puts together.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Basket {
    /// Given by the service.
    pub id: Option<u64>,
    /// What is in it.
    pub lines: Vec<Position>,
}

/// One product.
#[derive(Serialize, Deserialize)]
pub struct Position {
    pub sku: String,
    pub amount: f64,
    pub cycle: Cycle,
    pub note: Option<String>,
}

/// How often it is paid.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cycle {
    Weekly,
    Monthly,
}
