using Koinon.Primitives;

namespace Koinon.Evm.Frames;

/// <summary>What a call carries from frame to frame.</summary>
internal readonly struct CallMessage
{
    internal FrameKind Kind { get; init; }

    /// <summary>Index of the account that is called.</summary>
    internal int Target { get; init; }

    /// <summary>Index of the account whose code runs: another one where the target delegates.</summary>
    internal int CodeAccount { get; init; }

    internal long Gas { get; init; }

    internal UInt256 Value { get; init; }

    /// <summary>Offset of the input in the arena.</summary>
    internal nuint InputStart { get; init; }

    internal int InputLength { get; init; }

    /// <summary>Offset of the result in the caller's memory.</summary>
    internal nuint OutputStart { get; init; }

    internal int OutputLength { get; init; }
}
