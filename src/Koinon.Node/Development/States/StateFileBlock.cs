using Koinon.Primitives;

namespace Koinon.Node.Development.States;

/// <summary>The block that a state file's state stands at.</summary>
internal sealed record StateFileBlock
{
    /// <summary>Its number.</summary>
    public ulong Number { get; init; }

    /// <summary>Its time, in seconds.</summary>
    public ulong Timestamp { get; init; }

    /// <summary>Its base fee, where it has one.</summary>
    public UInt256? BaseFee { get; init; }

    /// <summary>Its gas limit, where it is named.</summary>
    public ulong? GasLimit { get; init; }
}
