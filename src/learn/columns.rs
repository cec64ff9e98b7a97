//! Which columns of two translations of one table are the same.

use crate::facts::ColumnRole;

/// By column of `own`: the column of `theirs` that it translates.
///
/// Columns keep their places, unless what is told of them by their cells fits better when they moved.
pub(super) fn partners(own: &[ColumnRole], theirs: &[ColumnRole]) -> Vec<Option<usize>> {
    let tells = |role: ColumnRole| role != ColumnRole::Other;
    let by_role = |role: ColumnRole| theirs.iter().position(|other| tells(role) && *other == role);
    if own.len() != theirs.len() {
        return own.iter().map(|role| by_role(*role)).collect();
    }
    let places = own.iter().enumerate().filter_map(|(at, role)| Some((at, by_role(*role)?)));
    let (mut kept, mut moved) = (0, 0);
    for (at, place) in places {
        if at == place {
            kept += 1;
        } else {
            moved += 1;
        }
    }
    if moved <= kept {
        return (0..own.len()).map(Some).collect();
    }
    own.iter().map(|role| by_role(*role)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use ColumnRole::{Description, Name, Other, Required, Type};

    #[test]
    fn columns_keep_their_places_unless_they_moved() {
        assert_eq!(
            partners(&[Name, Other, Description], &[Name, Type, Required]),
            [Some(0), Some(1), Some(2)]
        );
        assert_eq!(
            partners(&[Name, Description, Type], &[Name, Type, Description]),
            [Some(0), Some(2), Some(1)]
        );
        assert_eq!(partners(&[Name, Other], &[Name, Type, Description]), [Some(0), None]);
        assert_eq!(partners(&[Other], &[Other]), [Some(0)], "nothing tells");
    }
}
