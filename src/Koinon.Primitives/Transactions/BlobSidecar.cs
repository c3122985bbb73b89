namespace Koinon.Primitives.Transactions;

/// <summary>What travels with a blob transaction between nodes and never enters a block (EIP-4844, EIP-7594).</summary>
public sealed class BlobSidecar
{
    /// <summary>Bytes of a blob.</summary>
    public const int BlobSize = 131072;

    /// <summary>Bytes of a commitment.</summary>
    public const int CommitmentSize = 48;

    /// <summary>Bytes of a proof.</summary>
    public const int ProofSize = 48;

    /// <summary>Proofs for each blob in a sidecar of version 1: one a cell.</summary>
    public const int CellsPerBlob = 128;

    /// <summary>0: a proof for each blob (EIP-4844); 1: a proof for each cell (EIP-7594).</summary>
    public byte Version { get; init; }

    /// <summary>The blobs, 131,072 bytes each.</summary>
    public required IReadOnlyList<ReadOnlyMemory<byte>> Blobs { get; init; }

    /// <summary>The blobs' commitments, 48 bytes each, in the blobs' order.</summary>
    public required IReadOnlyList<ReadOnlyMemory<byte>> Commitments { get; init; }

    /// <summary>The proofs, 48 bytes each: as many as blobs, or 128 for each blob in version 1.</summary>
    public required IReadOnlyList<ReadOnlyMemory<byte>> Proofs { get; init; }

    /// <summary>Proofs for each blob in a version.</summary>
    internal static int ProofsPerBlob(byte version) => version == 0 ? 1 : CellsPerBlob;
}
