using Koinon.Primitives;

namespace Koinon.Rpc.Json;

/// <summary>The rules of a fork as <c>eth_config</c> shows them (EIP-7910).</summary>
public sealed record ForkConfigJson
{
    /// <summary>When it begins, in seconds; 0 where it began by a block's number or with the chain.</summary>
    public ulong ActivationTime { get; init; }

    /// <summary>Its blob parameters, or null.</summary>
    public BlobScheduleJson? BlobSchedule { get; init; }

    /// <summary>The chain.</summary>
    public Quantity ChainId { get; init; }

    /// <summary>The checksum of genesis and forks (EIP-2124).</summary>
    public HexData ForkId { get; init; }

    /// <summary>The precompiles by their names.</summary>
    public required IReadOnlyDictionary<string, Address> Precompiles { get; init; }

    /// <summary>The system contracts by their names.</summary>
    public required IReadOnlyDictionary<string, Address> SystemContracts { get; init; }
}
