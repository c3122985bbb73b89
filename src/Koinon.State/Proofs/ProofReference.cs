using Koinon.Primitives;
using Koinon.Primitives.Rlp;

namespace Koinon.State.Proofs;

/// <summary>What a node says of a child: nothing, its hash, or the child itself.</summary>
internal readonly ref struct ProofReference
{
    private ProofReference(ReadOnlySpan<byte> bytes, bool isEmbedded)
    {
        Bytes = bytes;
        IsEmbedded = isEmbedded;
    }

    /// <summary>Whether there is no child.</summary>
    internal bool IsEmpty => Bytes.IsEmpty;

    /// <summary>Whether <see cref="Bytes"/> is the child's encoding and not its hash.</summary>
    internal bool IsEmbedded { get; }

    /// <summary>The hash or the encoding.</summary>
    internal ReadOnlySpan<byte> Bytes { get; }

    /// <summary>Reads the next item of a node, known to be canonical RLP, as a child.</summary>
    internal static ProofError Read(scoped ref RlpReader reader, out ProofReference reference)
    {
        bool isEmbedded = reader.IsListNext;
        _ = isEmbedded ? reader.ReadEncoded(out ReadOnlySpan<byte> bytes) : reader.ReadString(out bytes);
        reference = new ProofReference(bytes, isEmbedded);
        bool wellFormed = isEmbedded ? bytes.Length < Hash256.Size : bytes.Length is 0 or Hash256.Size;
        return wellFormed ? ProofError.None : ProofError.MalformedReference;
    }
}
