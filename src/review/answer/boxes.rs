//! What stands behind the boxes of a question.

use super::{Boundary, Reader, Region};
use crate::document::BlockKind;
use crate::review::state::{Piece, read};
use crate::template::ItemKind;

impl Reader<'_> {
    /// A box ends with the list it stands in (one in running text with its paragraph): what follows belongs to the
    /// question or the section that the box belongs to. `named` are the places where markers are named, in bytes.
    pub(super) fn behind_boxes(&self, boundaries: &[Boundary], named: &[u32], regions: &mut [Region]) {
        for at in 0..regions.len() {
            let item = self.template.item(regions[at].item);
            if item.kind != ItemKind::Checkbox {
                continue;
            }
            let block = boundaries[regions[at].boundary].block;
            let kind = |id| self.document.block(id).kind;
            if kind(block).is_heading() {
                continue;
            }
            let list = self.document.ancestors(block).find(|&id| matches!(kind(id), BlockKind::List { .. }));
            let end = self.document.block(list.unwrap_or(block)).span.end;
            let pieces = &regions[at].pieces;
            let inside = pieces.iter().position(|piece| piece.span.start >= end).unwrap_or(pieces.len());
            let owner = regions[..at].iter().rposition(|region| Some(region.item) == item.parent);
            let Some(owner) = owner.filter(|_| inside < pieces.len()) else { continue };
            let behind: Vec<Piece> = regions[at].pieces.split_off(inside);
            regions[owner].pieces.extend(behind);
            for changed in [at, owner] {
                let region = &mut regions[changed];
                let question = self.template.item(region.item).wording(self.revision);
                region.reading = read(self.document, named, &region.pieces, question, self.markers);
            }
        }
    }
}
