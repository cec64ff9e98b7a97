#[derive(Serialize, Deserialize)]
pub struct Cart {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    pub quantity: i32,
}
