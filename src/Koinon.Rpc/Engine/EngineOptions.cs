namespace Koinon.Rpc.Engine;

/// <summary>What the Engine API builds, and what it serves at once.</summary>
public sealed record EngineOptions
{
    /// <summary>Where the gas limit of blocks that are built here goes; each moves by a 1,024th part at most.</summary>
    public ulong GasLimitTarget { get; init; } = 60_000_000;

    /// <summary>Free bytes of blocks that are built here, at most 32.</summary>
    public ReadOnlyMemory<byte> ExtraData { get; init; } = "koinon"u8.ToArray();

    /// <summary>The most bodies of one request.</summary>
    public int BodiesMax { get; init; } = 1_024;

    /// <summary>The most blobs of one request.</summary>
    public int BlobsMax { get; init; } = 128;

    /// <summary>The program's version.</summary>
    public string Version { get; init; } = "0.0.0";

    /// <summary>The first four bytes of the commit that it was built from.</summary>
    public ReadOnlyMemory<byte> Commit { get; init; } = new byte[4];
}
