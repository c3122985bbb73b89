using Koinon.Storage;

namespace Koinon.Node.Chains;

/// <summary>Which chain a data directory holds, and what is kept of it.</summary>
public sealed record ChainOptions
{
    /// <summary>The data directory.</summary>
    public required string Directory { get; init; }

    /// <summary>A genesis in geth's form; where it is left out, the copy that the directory was made with.</summary>
    public string? GenesisFile { get; init; }

    /// <summary>A public network whose rules hold, in the place of those in the genesis file.</summary>
    public string? Network { get; init; }

    /// <summary>Whether seals of proof of work are checked.</summary>
    public SealChecking Seal { get; init; }

    /// <summary>Of how many blocks below the head states are kept; <see langword="null"/> for all.</summary>
    public ulong? History { get; init; }

    /// <summary>Of how many blocks below the head proofs can be made; <see langword="null"/> for all.</summary>
    public ulong? ProofHistory { get; init; } = 128;

    /// <summary>How many blocks below the head are kept whole; <see langword="null"/> for all.</summary>
    public ulong? KeepBlocks { get; init; }

    /// <summary>What a power cut may cost.</summary>
    public LmdbDurability Durability { get; init; } = LmdbDurability.Full;
}
