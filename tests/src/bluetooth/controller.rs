//! What the two controllers say, and what goes through the air between them: Bluetooth Core Specification, volume 4,
//! part E.

use std::collections::VecDeque;

/// One of the two.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    One,
    Other,
}

impl Side {
    fn peer(self) -> Self {
        match self {
            Self::One => Self::Other,
            Self::Other => Self::One,
        }
    }
}

/// What is before each packet that a controller says.
const DATA: u8 = 2;
const AUDIO: u8 = 3;
const EVENT: u8 = 4;

/// Events, by their codes (section 7.7).
mod event {
    pub(super) const CONNECTION_COMPLETE: u8 = 0x03;
    pub(super) const CONNECTION_REQUEST: u8 = 0x04;
    pub(super) const DISCONNECTION_COMPLETE: u8 = 0x05;
    pub(super) const REMOTE_NAME: u8 = 0x07;
    pub(super) const REMOTE_FEATURES: u8 = 0x0b;
    pub(super) const COMMAND_COMPLETE: u8 = 0x0e;
    pub(super) const COMMAND_STATUS: u8 = 0x0f;
    pub(super) const COMPLETED_PACKETS: u8 = 0x13;
}

/// Link types of a connection.
const AUDIO_LINK: u8 = 0;
const DATA_LINK: u8 = 1;

/// Errors (volume 1, part F).
const SUCCESS: u8 = 0;
const UNKNOWN_CONNECTION: u8 = 0x02;
const PAGE_TIMEOUT: u8 = 0x04;
const UNKNOWN_COMMAND: u8 = 0x01;

/// Handles of the two links that there can be.
const DATA_HANDLE: u16 = 1;
const AUDIO_HANDLE: u16 = 2;

/// Supported features (volume 2, part C): packets of several slots, and voice (SCO, HV2, HV3).
const FEATURES: [u8; 8] = [0x03, 0x38, 0, 0, 0, 0, 0, 0];

/// The controllers, and what they have said that wasn't told yet.
pub(super) struct Air {
    addresses: [[u8; 6]; 2],
    said: VecDeque<(Side, Vec<u8>)>,
    /// Which links there are, data and audio.
    linked: [bool; 2],
}

impl Air {
    pub(super) fn new(addresses: [[u8; 6]; 2]) -> Self {
        Self { addresses, said: VecDeque::new(), linked: [false; 2] }
    }

    /// Takes what was said.
    pub(super) fn said(&mut self) -> impl Iterator<Item = (Side, Vec<u8>)> + use<> {
        std::mem::take(&mut self.said).into_iter()
    }

    /// A host tells its controller something: opcode, length, parameters.
    pub(super) fn command(&mut self, side: Side, command: &[u8]) {
        let Some((&[low, high, _], parameters)) = command.split_first_chunk() else { return };
        let opcode = u16::from_le_bytes([low, high]);
        match opcode {
            // Create_Connection, Add_SCO_Connection.
            0x0405 => self.connect(side, opcode, parameters),
            0x0407 => {
                self.status(side, opcode, SUCCESS);
                self.request(side, AUDIO_LINK);
            }
            // Accept_Connection_Request, Reject_Connection_Request.
            0x0409 => self.answer(side, opcode, parameters, SUCCESS),
            0x040a => self.answer(side, opcode, parameters, parameters.get(6).copied().unwrap_or(UNKNOWN_CONNECTION)),
            // Disconnect.
            0x0406 => self.disconnect(side, opcode, parameters),
            // Remote_Name_Request: the name has 248 bytes.
            0x0419 => {
                self.status(side, opcode, SUCCESS);
                let name = [&b"virtual"[..], &[0; 241]].concat();
                let address = self.addresses[side.peer() as usize];
                self.event(side, event::REMOTE_NAME, &[&[SUCCESS], &address[..], &name]);
            }
            // Read_Remote_Supported_Features.
            0x041b => {
                self.status(side, opcode, SUCCESS);
                self.event(side, event::REMOTE_FEATURES, &[&[SUCCESS], &DATA_HANDLE.to_le_bytes(), &FEATURES]);
            }
            // Others of the link: what they would change isn't there.
            0x0401..=0x0fff if opcode >> 10 <= 2 && !answers_at_once(opcode) => {
                self.status(side, opcode, UNKNOWN_COMMAND)
            }
            _ => self.complete(side, opcode, parameters),
        }
    }

    /// What is answered at once, most of it being asked when an adapter comes up.
    fn complete(&mut self, side: Side, opcode: u16, parameters: &[u8]) {
        let mut answer = vec![SUCCESS];
        match opcode {
            // Read_Local_Version_Information: Bluetooth 2.0, made by nobody in particular.
            0x1001 => answer.extend([3, 0, 0, 3, 0xff, 0xff, 0, 0]),
            // Read_Local_Supported_Commands.
            0x1002 => answer.extend([0; 64]),
            // Read_Local_Supported_Features.
            0x1003 => answer.extend(FEATURES),
            // Read_Buffer_Size: 1,021 bytes of data, 64 of audio, 8 packets of each.
            0x1005 => answer.extend([0xfd, 0x03, 64, 8, 0, 8, 0]),
            // Read_BD_ADDR.
            0x1009 => answer.extend(self.addresses[side as usize]),
            // Read_Class_of_Device.
            0x0c23 => answer.extend([0; 3]),
            // Read_Local_Name.
            0x0c14 => answer.extend([0; 248]),
            // Read_Voice_Setting: CVSD, 16 bits.
            0x0c25 => answer.extend([0x60, 0]),
            // Read_Number_Of_Supported_IAC.
            0x0c38 => answer.push(1),
            // Read_Current_IAC_LAP.
            0x0c39 => answer.extend([1, 0x33, 0x8b, 0x9e]),
            // Read_Scan_Enable, Read_Page_Scan_Activity, Read_Page_Scan_Type.
            0x0c19 => answer.push(0),
            0x0c1b => answer.extend([0, 8, 0x12, 0]),
            0x0c46 => answer.push(0),
            // Read_Default_Link_Policy_Settings; those of a link begin with its handle.
            0x080e => answer.extend([0, 0]),
            0x080d => answer.extend(parameters.get(..2).unwrap_or_default()),
            _ => {}
        }
        let [low, high] = opcode.to_le_bytes();
        self.event(side, event::COMMAND_COMPLETE, &[&[1, low, high], &answer]);
    }

    /// A host has data for the other, handle and length before it.
    pub(super) fn data(&mut self, side: Side, data: &[u8]) {
        let Some((&[low, high], rest)) = data.split_first_chunk() else { return };
        let handle = u16::from_le_bytes([low, high]) & 0x0fff;
        // What begins a packet is told as such: a controller has no other sort for it (section 5.4.2).
        let begins = if high & 0x30 == 0x10 { 0x1000 } else { 0x2000 };
        self.carry(side, DATA, handle, handle | begins, rest);
    }

    /// A host has audio for the other.
    pub(super) fn audio(&mut self, side: Side, audio: &[u8]) {
        let Some((&[low, high], rest)) = audio.split_first_chunk() else { return };
        let handle = u16::from_le_bytes([low, high]) & 0x0fff;
        self.carry(side, AUDIO, handle, handle, rest);
    }

    fn carry(&mut self, side: Side, sort: u8, handle: u16, told: u16, rest: &[u8]) {
        let link = if sort == AUDIO { AUDIO_LINK } else { DATA_LINK };
        if self.linked[usize::from(link)] {
            let packet = [&[sort], &told.to_le_bytes()[..], rest].concat();
            self.said.push_back((side.peer(), packet));
        }
        self.event(side, event::COMPLETED_PACKETS, &[&[1], &handle.to_le_bytes(), &1u16.to_le_bytes()]);
    }

    fn connect(&mut self, side: Side, opcode: u16, parameters: &[u8]) {
        self.status(side, opcode, SUCCESS);
        let address = parameters.get(..6).unwrap_or_default();
        if address == self.addresses[side.peer() as usize] {
            self.request(side, DATA_LINK);
        } else {
            self.event(side, event::CONNECTION_COMPLETE, &[&[PAGE_TIMEOUT, 0, 0], address, &[DATA_LINK, 0]]);
        }
    }

    /// Asks the peer's host, which takes the link or doesn't.
    fn request(&mut self, side: Side, link: u8) {
        let address = self.addresses[side as usize];
        self.event(side.peer(), event::CONNECTION_REQUEST, &[&address, &[0, 0, 0, link]]);
    }

    /// The peer's host has answered: both are told.
    fn answer(&mut self, side: Side, opcode: u16, parameters: &[u8], status: u8) {
        self.status(side, opcode, SUCCESS);
        // While there is no link for data, that is what is asked for.
        let link = if self.linked[usize::from(DATA_LINK)] { AUDIO_LINK } else { DATA_LINK };
        if parameters.get(..6) != Some(&self.addresses[side.peer() as usize][..]) {
            return;
        }
        self.linked[usize::from(link)] = status == SUCCESS;
        let handle = if link == DATA_LINK { DATA_HANDLE } else { AUDIO_HANDLE }.to_le_bytes();
        for told in [side, side.peer()] {
            let address = self.addresses[told.peer() as usize];
            self.event(told, event::CONNECTION_COMPLETE, &[&[status], &handle, &address, &[link, 0]]);
        }
    }

    fn disconnect(&mut self, side: Side, opcode: u16, parameters: &[u8]) {
        let &[low, high, reason, ..] = parameters else { return };
        let handle = u16::from_le_bytes([low, high]);
        let link = if handle == DATA_HANDLE { DATA_LINK } else { AUDIO_LINK };
        if !std::mem::take(&mut self.linked[usize::from(link)]) {
            return self.status(side, opcode, UNKNOWN_CONNECTION);
        }
        self.status(side, opcode, SUCCESS);
        // With the link for data goes the other.
        let audio = link == DATA_LINK && std::mem::take(&mut self.linked[usize::from(AUDIO_LINK)]);
        for handle in audio.then_some(AUDIO_HANDLE).into_iter().chain([handle]) {
            // Who asked for it reads that its own host did.
            for (told, reason) in [(side, 0x16), (side.peer(), reason)] {
                self.event(told, event::DISCONNECTION_COMPLETE, &[&[SUCCESS], &handle.to_le_bytes(), &[reason]]);
            }
        }
    }

    fn status(&mut self, side: Side, opcode: u16, status: u8) {
        let [low, high] = opcode.to_le_bytes();
        self.event(side, event::COMMAND_STATUS, &[&[status, 1, low, high]]);
    }

    fn event(&mut self, side: Side, code: u8, parts: &[&[u8]]) {
        let parameters = parts.concat();
        let length = u8::try_from(parameters.len()).expect("an event has 255 bytes at most");
        self.said.push_back((side, [&[EVENT, code, length], &parameters[..]].concat()));
    }
}

/// Whether a command about links is one that is answered at once, and not by an event that follows.
fn answers_at_once(opcode: u16) -> bool {
    // Create_Connection_Cancel, link keys, PIN codes; link policy settings.
    matches!(opcode, 0x0408 | 0x040b..=0x040e | 0x0809 | 0x080c..=0x080f)
}
