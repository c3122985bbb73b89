using Koinon.Evm.Decoding;
using Koinon.Evm.Journal;
using Koinon.Primitives;

namespace Koinon.Evm.Frames;

/// <summary>One call or creation in progress. Frames are kept and used again: a call allocates nothing.</summary>
internal sealed unsafe class Frame
{
    internal DecodedCode Code = CodeCache.Empty;

    /// <summary>What the loop runs: the code's stream, or its twin of single instructions.</summary>
    internal DecodedCode Stream = CodeCache.Empty;

    /// <summary>The gas that the frame began with.</summary>
    internal long GasGiven;

    /// <summary>The next instruction; kept here only while another frame runs.</summary>
    internal Instruction* Ip;

    /// <summary>The word below the first of the stack.</summary>
    internal UInt256* StackBase;

    /// <summary>The top word; equal to <see cref="StackBase"/> where the stack is empty.</summary>
    internal UInt256* Sp;

    /// <summary>Gas left; kept here only while another frame runs.</summary>
    internal long Gas;

    /// <summary>Where the frame's memory begins in the arena.</summary>
    internal nuint MemoryStart;

    /// <summary>Length of the frame's memory in bytes, a multiple of 32.</summary>
    internal nuint MemorySize;

    /// <summary>What the memory has cost so far.</summary>
    internal long MemoryGas;

    /// <summary>Where the call's data begin in the arena: in the caller's memory.</summary>
    internal nuint InputStart;

    internal int InputLength;

    /// <summary>Where in the caller's memory the result goes.</summary>
    internal nuint OutputStart;

    internal int OutputLength;

    /// <summary>Index of the account whose storage and balance the code works on.</summary>
    internal int Account;

    /// <summary>The address of that account.</summary>
    internal Address Self;

    /// <summary>What CALLER says.</summary>
    internal Address Caller;

    /// <summary>What CALLVALUE says, in wei.</summary>
    internal UInt256 Value;

    internal FrameKind Kind;
    internal bool IsStatic;

    /// <summary>Where the journal stood before the frame's effects.</summary>
    internal Checkpoint Mark;

    internal bool IsCreation => Kind >= FrameKind.Create;
}
