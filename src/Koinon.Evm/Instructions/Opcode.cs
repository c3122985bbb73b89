namespace Koinon.Evm.Instructions;

/// <summary>The instructions of every fork by the byte that stands for them in code.</summary>
/// <remarks>The members' names are the mnemonics of the yellow paper and of the EIP that brought them.</remarks>
public enum Opcode : byte
{
    /// <summary>Ends the frame in order.</summary>
    Stop = 0x00,

    /// <summary>Sum modulo 2²⁵⁶.</summary>
    Add = 0x01,

    /// <summary>Product modulo 2²⁵⁶.</summary>
    Mul = 0x02,

    /// <summary>Difference modulo 2²⁵⁶.</summary>
    Sub = 0x03,

    /// <summary>Quotient; zero for a zero divisor.</summary>
    Div = 0x04,

    /// <summary>Signed quotient.</summary>
    SDiv = 0x05,

    /// <summary>Remainder; zero for a zero divisor.</summary>
    Mod = 0x06,

    /// <summary>Signed remainder, with the dividend's sign.</summary>
    SMod = 0x07,

    /// <summary>Sum modulo a third word.</summary>
    AddMod = 0x08,

    /// <summary>Product modulo a third word.</summary>
    MulMod = 0x09,

    /// <summary>Power modulo 2²⁵⁶.</summary>
    Exp = 0x0a,

    /// <summary>Repeats the sign of a shorter number.</summary>
    SignExtend = 0x0b,

    /// <summary>Whether less.</summary>
    Lt = 0x10,

    /// <summary>Whether greater.</summary>
    Gt = 0x11,

    /// <summary>Whether less, signed.</summary>
    Slt = 0x12,

    /// <summary>Whether greater, signed.</summary>
    Sgt = 0x13,

    /// <summary>Whether equal.</summary>
    Eq = 0x14,

    /// <summary>Whether zero.</summary>
    IsZero = 0x15,

    /// <summary>Bitwise and.</summary>
    And = 0x16,

    /// <summary>Bitwise or.</summary>
    Or = 0x17,

    /// <summary>Bitwise exclusive or.</summary>
    Xor = 0x18,

    /// <summary>Bitwise complement.</summary>
    Not = 0x19,

    /// <summary>One byte of a word, counted from the high end.</summary>
    Byte = 0x1a,

    /// <summary>Shift towards the high end (EIP-145).</summary>
    Shl = 0x1b,

    /// <summary>Shift towards the low end (EIP-145).</summary>
    Shr = 0x1c,

    /// <summary>Shift towards the low end, keeping the sign (EIP-145).</summary>
    Sar = 0x1d,

    /// <summary>Leading zero bits (EIP-7939).</summary>
    Clz = 0x1e,

    /// <summary>Keccak-256 of a range of memory.</summary>
    Keccak256 = 0x20,

    /// <summary>The account whose state the code works on.</summary>
    Address = 0x30,

    /// <summary>The balance of an account.</summary>
    Balance = 0x31,

    /// <summary>Who sent the transaction.</summary>
    Origin = 0x32,

    /// <summary>Who called.</summary>
    Caller = 0x33,

    /// <summary>Wei sent with the call.</summary>
    CallValue = 0x34,

    /// <summary>A word of the call's data.</summary>
    CallDataLoad = 0x35,

    /// <summary>Length of the call's data.</summary>
    CallDataSize = 0x36,

    /// <summary>Copies the call's data to memory.</summary>
    CallDataCopy = 0x37,

    /// <summary>Length of the running code.</summary>
    CodeSize = 0x38,

    /// <summary>Copies the running code to memory.</summary>
    CodeCopy = 0x39,

    /// <summary>Wei paid for a unit of gas.</summary>
    GasPrice = 0x3a,

    /// <summary>Length of an account's code.</summary>
    ExtCodeSize = 0x3b,

    /// <summary>Copies an account's code to memory.</summary>
    ExtCodeCopy = 0x3c,

    /// <summary>Length of what the last call returned (EIP-211).</summary>
    ReturnDataSize = 0x3d,

    /// <summary>Copies what the last call returned (EIP-211).</summary>
    ReturnDataCopy = 0x3e,

    /// <summary>Hash of an account's code (EIP-1052).</summary>
    ExtCodeHash = 0x3f,

    /// <summary>Hash of one of the 256 blocks before.</summary>
    BlockHash = 0x40,

    /// <summary>Who receives the block's fees.</summary>
    Coinbase = 0x41,

    /// <summary>The block's time.</summary>
    Timestamp = 0x42,

    /// <summary>The block's number.</summary>
    Number = 0x43,

    /// <summary>The beacon chain's randomness (EIP-4399); DIFFICULTY before the merge.</summary>
    PrevRandao = 0x44,

    /// <summary>The block's gas limit.</summary>
    GasLimit = 0x45,

    /// <summary>The network's id (EIP-1344).</summary>
    ChainId = 0x46,

    /// <summary>The running account's balance (EIP-1884).</summary>
    SelfBalance = 0x47,

    /// <summary>The block's base fee (EIP-3198).</summary>
    BaseFee = 0x48,

    /// <summary>A versioned hash of the transaction (EIP-4844).</summary>
    BlobHash = 0x49,

    /// <summary>The block's blob base fee (EIP-7516).</summary>
    BlobBaseFee = 0x4a,

    /// <summary>Drops the top word.</summary>
    Pop = 0x50,

    /// <summary>Reads a word of memory.</summary>
    MLoad = 0x51,

    /// <summary>Writes a word of memory.</summary>
    MStore = 0x52,

    /// <summary>Writes a byte of memory.</summary>
    MStore8 = 0x53,

    /// <summary>Reads a storage slot.</summary>
    SLoad = 0x54,

    /// <summary>Writes a storage slot.</summary>
    SStore = 0x55,

    /// <summary>Goes on elsewhere in the code.</summary>
    Jump = 0x56,

    /// <summary>Goes on elsewhere where a word is not zero.</summary>
    JumpI = 0x57,

    /// <summary>The instruction's own offset.</summary>
    Pc = 0x58,

    /// <summary>Length of memory.</summary>
    MSize = 0x59,

    /// <summary>Gas left after this instruction.</summary>
    Gas = 0x5a,

    /// <summary>Where jumps may lead.</summary>
    JumpDest = 0x5b,

    /// <summary>Reads a transient slot (EIP-1153).</summary>
    TLoad = 0x5c,

    /// <summary>Writes a transient slot (EIP-1153).</summary>
    TStore = 0x5d,

    /// <summary>Copies within memory (EIP-5656).</summary>
    MCopy = 0x5e,

    /// <summary>Pushes zero (EIP-3855).</summary>
    Push0 = 0x5f,

    /// <summary>Pushes the next byte of the code; PUSH2 to PUSH32 follow.</summary>
    Push1 = 0x60,

    /// <summary>Pushes the next 2 bytes.</summary>
    Push2 = 0x61,

    /// <summary>Pushes the next 4 bytes.</summary>
    Push4 = 0x63,

    /// <summary>Pushes the next 20 bytes.</summary>
    Push20 = 0x73,

    /// <summary>Pushes the next 32 bytes.</summary>
    Push32 = 0x7f,

    /// <summary>Copies the top word; DUP2 to DUP16 follow.</summary>
    Dup1 = 0x80,

    /// <summary>Copies the second word.</summary>
    Dup2 = 0x81,

    /// <summary>Copies the third word.</summary>
    Dup3 = 0x82,

    /// <summary>Copies the sixteenth word.</summary>
    Dup16 = 0x8f,

    /// <summary>Exchanges the top word with the next; SWAP2 to SWAP16 follow.</summary>
    Swap1 = 0x90,

    /// <summary>Exchanges the top word with the third.</summary>
    Swap2 = 0x91,

    /// <summary>Exchanges the top word with the seventeenth.</summary>
    Swap16 = 0x9f,

    /// <summary>Writes a log without topics.</summary>
    Log0 = 0xa0,

    /// <summary>Writes a log with one topic.</summary>
    Log1 = 0xa1,

    /// <summary>Writes a log with two topics.</summary>
    Log2 = 0xa2,

    /// <summary>Writes a log with three topics.</summary>
    Log3 = 0xa3,

    /// <summary>Writes a log with four topics.</summary>
    Log4 = 0xa4,

    /// <summary>Makes a contract.</summary>
    Create = 0xf0,

    /// <summary>Calls an account.</summary>
    Call = 0xf1,

    /// <summary>Runs another account's code on the own state.</summary>
    CallCode = 0xf2,

    /// <summary>Ends the frame with data.</summary>
    Return = 0xf3,

    /// <summary>As CALLCODE, keeping caller and value (EIP-7).</summary>
    DelegateCall = 0xf4,

    /// <summary>Makes a contract at an address known beforehand (EIP-1014).</summary>
    Create2 = 0xf5,

    /// <summary>Calls without effects (EIP-214).</summary>
    StaticCall = 0xfa,

    /// <summary>Undoes the frame and gives a reason (EIP-140).</summary>
    Revert = 0xfd,

    /// <summary>Never defined: halts (EIP-141).</summary>
    Invalid = 0xfe,

    /// <summary>Sends the balance away and, by the fork's rule, deletes the account.</summary>
    SelfDestruct = 0xff,
}
