using Koinon.Primitives;

namespace Koinon.Rpc.Requests;

/// <summary>What an account is to be like for a question; what is null stays as it is.</summary>
/// <param name="Address">Whose.</param>
public sealed record StateOverride(Address Address)
{
    /// <summary>The nonce.</summary>
    public ulong? Nonce { get; init; }

    /// <summary>The balance in wei.</summary>
    public UInt256? Balance { get; init; }

    /// <summary>The code.</summary>
    public ReadOnlyMemory<byte>? Code { get; init; }

    /// <summary>The whole storage: slots that are not named hold zero.</summary>
    public IReadOnlyDictionary<UInt256, UInt256>? State { get; init; }

    /// <summary>Slots that differ: those that are not named hold what they held.</summary>
    public IReadOnlyDictionary<UInt256, UInt256>? StateDifference { get; init; }

    /// <summary>Where the precompile of this address is to stand instead.</summary>
    public Address? MovePrecompileTo { get; init; }
}
