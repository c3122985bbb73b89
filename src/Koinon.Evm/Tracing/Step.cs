using Koinon.Evm.Frames;
using Koinon.Evm.Instructions;
using Koinon.Primitives;

namespace Koinon.Evm.Tracing;

/// <summary>One instruction before it runs, as tracers see it. Valid during the call only.</summary>
public readonly ref struct Step
{
    /// <summary>Offset of the instruction in the code.</summary>
    public int ProgramCounter { get; init; }

    /// <summary>The instruction.</summary>
    public Opcode Opcode { get; init; }

    /// <summary>Gas left before it.</summary>
    public long GasLeft { get; init; }

    /// <summary>What the instruction costs whatever its operands are.</summary>
    public long BaseCost { get; init; }

    /// <summary>1 for the transaction's own frame.</summary>
    public int Depth { get; init; }

    /// <summary>The stack, its top last.</summary>
    public ReadOnlySpan<UInt256> Stack { get; init; }

    /// <summary>The frame's memory.</summary>
    public ReadOnlySpan<byte> Memory { get; init; }

    /// <summary>What the last call returned.</summary>
    public ReadOnlySpan<byte> ReturnData { get; init; }

    /// <summary>Refunds gathered so far.</summary>
    public long Refund { get; init; }

    /// <summary>The account whose storage the code works on.</summary>
    public Address Contract { get; init; }

    /// <summary>What runs it.</summary>
    internal Machine? Machine { get; init; }

    /// <summary>The code that runs.</summary>
    public ReadOnlySpan<byte> Code => Machine is null ? [] : Machine.Frame.Code.Span;

    /// <summary>A slot of <see cref="Contract"/> as it stands at this moment.</summary>
    public UInt256 ReadSlot(in UInt256 slot) =>
        Machine is null ? UInt256.Zero : Machine.State.Slot(Machine.Frame.Account, slot, out _).Current;

    /// <summary>The nonce of <see cref="Contract"/> as it stands at this moment.</summary>
    public ulong ReadNonce() => Machine is null ? 0 : Machine.State[Machine.Frame.Account].Nonce;

    /// <summary>The account that an account's code points at, if it points at one (EIP-7702).</summary>
    public Address? ReadDelegate(in Address account) =>
        Machine is not null && Machine.Fork.HasDelegations
        && Machine.TryGetDelegate(Machine.State.Intern(account), out Address delegated)
            ? delegated
            : null;
}
