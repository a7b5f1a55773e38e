//! The picture that the desk shows a new device (*Aggiungi un dispositivo*), through the camera of the app itself.
//!
//! A frame is read and forgotten. No notebook is asked: there is none yet.

use super::Session;
use crate::error::{ErrorView, NotebookError, Result};
use crate::night::qr;
use crate::sync::invitation::Invited;
use crate::view::{FoundInvitation, FrameInput, InvitationView};
use data_encoding::BASE64;

impl Session {
    /// Looks for the desk's picture in a frame of the camera.
    ///
    /// # Errors
    /// [`NotebookError::InvalidInput`] for a frame that is none.
    pub fn read_invitation(&self, input: FrameInput) -> std::result::Result<InvitationView, ErrorView> {
        Ok(look(&input)?)
    }
}

fn look(frame: &FrameInput) -> Result<InvitationView> {
    let luma = BASE64.decode(frame.luma_base64.as_bytes()).map_err(|_| NotebookError::InvalidInput("frame"))?;
    Ok(InvitationView { found: qr::find(frame.width, frame.height, &luma, invitation)? })
}

/// What the text of a picture says, if it is an invitation: then it names the server itself.
fn invitation(text: &str) -> Option<FoundInvitation> {
    let invited = Invited::read("", text).ok()?;
    invited
        .pinned
        .is_some()
        .then(|| FoundInvitation { server: invited.server.as_str().to_owned(), code: text.trim().to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entropy::Entropy;
    use crate::night::qr::tests::frame;
    use crate::sync::invitation::{CodeForm, CodeSecret, qr_text};
    use domain::ids::ProgrammeId;
    use domain::sync::chain::Bytes;
    use domain::sync::enrol::Invitation;
    use uuid::Uuid;

    fn seen(text: &str) -> FrameInput {
        let (side, luma) = frame(&qr::draw_text(text).unwrap(), 4, 4);
        FrameInput { width: side, height: side, luma_base64: BASE64.encode(&luma) }
    }

    #[test]
    fn reads_the_picture_that_the_desk_shows_and_what_it_says_enrols() {
        let invitation = Invitation {
            server: "https://uscita.un-nome-piuttosto-lungo.example.org".into(),
            programme: ProgrammeId(Uuid::from_u128(5)),
            admin_key: Bytes(vec![9; 32]),
        };
        let secret = CodeSecret::generate(CodeForm::Qr, &mut Entropy::seeded_for_simulation(1)).unwrap();
        let found = look(&seen(&qr_text(&invitation, &secret).unwrap())).unwrap().found.unwrap();
        assert_eq!(found.server, invitation.server);
        let read = Invited::read(&found.server, &found.code).unwrap();
        assert_eq!((read.secret, read.pinned), (secret, Some((invitation.programme, invitation.admin_key))));
    }

    #[test]
    fn passes_over_every_other_picture_and_says_nothing_of_what_it_read() {
        for text in ["USC1:4KXP", "https://example.org/#ABCDEFGHJK", "K7M2P-9QX4T", "uscita:e30"] {
            assert_eq!(look(&seen(text)).unwrap().found, None, "{text}");
        }
        let found = FoundInvitation { server: "https://example.org".into(), code: "uscita:x".into() };
        assert_eq!(format!("{found:?}"), "FoundInvitation");
        let none = FrameInput { width: 2, height: 2, luma_base64: "AA==".into() };
        assert_eq!(look(&none).unwrap_err(), NotebookError::InvalidInput("frame"));
    }
}
