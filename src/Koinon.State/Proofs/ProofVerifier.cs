using Koinon.Primitives;
using Koinon.Primitives.Rlp;
using Koinon.Primitives.State;
using Koinon.State.Tries;

namespace Koinon.State.Proofs;

/// <summary>Verifies Merkle proofs that strangers made.</summary>
/// <remarks>
/// Nothing of a node is trusted before its hash has been compared, and nothing is skipped: a proof is exactly the nodes
/// on the way of its key. Absence is proven by the node at which the way ends. Work follows the bytes given; no
/// exception, whatever they are. Source: EIP-1186; yellow paper, appendix D.
/// </remarks>
public static class ProofVerifier
{
    /// <summary>Verifies all that a proof claims.</summary>
    /// <param name="stateRoot">The root that is trusted.</param>
    /// <param name="proof">The claims and their nodes.</param>
    public static ProofError Verify(in Hash256 stateRoot, AccountProof proof)
    {
        ArgumentNullException.ThrowIfNull(proof);
        ProofError error =
            VerifyAccount(in stateRoot, proof.Address, proof.Nodes, out Account? account, out Hash256 storageRoot);
        if (error != ProofError.None)
        {
            return error;
        }

        if (account != proof.Account)
        {
            return ProofError.AccountMismatch;
        }

        if (storageRoot != proof.StorageRoot)
        {
            return ProofError.StorageRootMismatch;
        }

        foreach (StorageProof slot in proof.Storage)
        {
            error = VerifySlot(in storageRoot, slot.Slot, slot.Nodes, out UInt256 value);
            if (error != ProofError.None || value != slot.Value)
            {
                return error != ProofError.None ? error : ProofError.SlotMismatch;
            }
        }

        return ProofError.None;
    }

    /// <summary>Verifies what stands at an address.</summary>
    /// <param name="stateRoot">The root that is trusted.</param>
    /// <param name="address">The address.</param>
    /// <param name="nodes">The nodes on its way.</param>
    /// <param name="account">The account; <see langword="null"/> where it is proven that there is none.</param>
    /// <param name="storageRoot">The root of its storage; that of the empty trie where there is no account.</param>
    public static ProofError VerifyAccount(
        in Hash256 stateRoot,
        in Address address,
        IReadOnlyList<ReadOnlyMemory<byte>> nodes,
        out Account? account,
        out Hash256 storageRoot)
    {
        account = null;
        storageRoot = MerkleTrie.Empty.Root;
        Hash256 key = Hash256.Keccak(Address.AsSpan(in address));
        ProofError error = VerifyKey(in stateRoot, Hash256.AsSpan(in key), nodes, out ReadOnlyMemory<byte> value);
        if (error != ProofError.None || value.IsEmpty)
        {
            return error;
        }

        if (!AccountEncoding.TryRead(value.Span, out Account read, out Hash256 root))
        {
            return ProofError.MalformedAccount;
        }

        account = read;
        storageRoot = root;
        return ProofError.None;
    }

    /// <summary>Verifies what a slot holds.</summary>
    /// <param name="storageRoot">The storage root that is trusted.</param>
    /// <param name="slot">The key as the contract names it.</param>
    /// <param name="nodes">The nodes on its way.</param>
    /// <param name="value">What it holds; zero where it is proven that it is absent.</param>
    public static ProofError VerifySlot(
        in Hash256 storageRoot, in UInt256 slot, IReadOnlyList<ReadOnlyMemory<byte>> nodes, out UInt256 value)
    {
        value = default;
        Hash256 word = Hash256.FromWord(in slot);
        Hash256 key = Hash256.Keccak(Hash256.AsSpan(in word));
        ProofError error = VerifyKey(in storageRoot, Hash256.AsSpan(in key), nodes, out ReadOnlyMemory<byte> encoded);
        if (error != ProofError.None || encoded.IsEmpty)
        {
            return error;
        }

        RlpReader reader = new(encoded.Span);
        bool isWord = reader.ReadUInt256(out value) == RlpError.None && reader.IsEmpty && !value.IsZero;
        return isWord ? ProofError.None : ProofError.MalformedSlot;
    }

    /// <summary>Verifies what stands at a key of any trie.</summary>
    /// <param name="root">The root that is trusted.</param>
    /// <param name="key">The key as the trie holds it.</param>
    /// <param name="nodes">The nodes on its way from the root; none, or the empty string's encoding, for an empty trie.
    /// </param>
    /// <param name="value">The value; empty where it is proven that there is none.</param>
    public static ProofError VerifyKey(
        in Hash256 root,
        ReadOnlySpan<byte> key,
        IReadOnlyList<ReadOnlyMemory<byte>> nodes,
        out ReadOnlyMemory<byte> value)
    {
        ArgumentNullException.ThrowIfNull(nodes);
        value = default;
        if (root == MerkleTrie.Empty.Root)
        {
            bool isEmptyTrie = nodes.Count == 0 || (nodes.Count == 1 && nodes[0].Span is [NodeEncoding.StringOffset]);
            return isEmptyTrie ? ProofError.None : nodes.Count > 1 ? ProofError.ExtraNodes : ProofError.HashMismatch;
        }

        ReadOnlySpan<byte> expected = Hash256.AsSpan(in root);
        int depth = 0;
        for (int index = 0; ; index++)
        {
            if (index == nodes.Count)
            {
                return ProofError.NodeMissing;
            }

            ReadOnlyMemory<byte> node = nodes[index];
            Hash256 hash = Hash256.Keccak(node.Span);
            if (!expected.SequenceEqual(Hash256.AsSpan(in hash)))
            {
                return ProofError.HashMismatch;
            }

            if (index > 0 && node.Length < Hash256.Size)
            {
                return ProofError.MalformedReference;
            }

            ProofError error = Walk(node.Span, key, ref depth, out expected, out ReadOnlySpan<byte> found);
            if (error != ProofError.None)
            {
                return error;
            }

            if (expected.IsEmpty)
            {
                value = found.ToArray();
                return index + 1 == nodes.Count ? ProofError.None : ProofError.ExtraNodes;
            }
        }
    }

    // Follows a key through one node and the nodes embedded in it: to the hash of the next node, or to the way's end.
    private static ProofError Walk(
        ReadOnlySpan<byte> encoded,
        ReadOnlySpan<byte> key,
        scoped ref int depth,
        out ReadOnlySpan<byte> next,
        out ReadOnlySpan<byte> value)
    {
        next = default;
        value = default;
        while (true)
        {
            ProofError error = ProofNode.Read(encoded, out ProofNode node);
            if (error != ProofError.None)
            {
                return error;
            }

            ProofReference child;
            if (node.IsBranch)
            {
                bool ends = depth == 2 * key.Length;
                error = node.ReadBranch(ends ? -1 : MerkleTrie.NibbleOf(key, depth), out child, out value);
                value = ends ? value : default;
                depth++;
            }
            else
            {
                error = node.ReadShort(out ReadOnlySpan<byte> path, out bool isLeaf, out child, out value);
                if (error == ProofError.None && !GoesOn(key, depth, path, isLeaf))
                {
                    child = default;
                    value = default;
                }
                else if (error == ProofError.None)
                {
                    depth += ProofNode.NibbleCount(path);
                }
            }

            if (error != ProofError.None || child.IsEmpty)
            {
                return error;
            }

            if (!child.IsEmbedded)
            {
                next = child.Bytes;
                return ProofError.None;
            }

            encoded = child.Bytes;
        }
    }

    // Whether a key goes on with a path, and for a leaf ends with it.
    private static bool GoesOn(ReadOnlySpan<byte> key, int depth, ReadOnlySpan<byte> path, bool ends)
    {
        int count = ProofNode.NibbleCount(path);
        int left = (2 * key.Length) - depth;
        if (ends ? left != count : left < count)
        {
            return false;
        }

        for (int i = 0; i < count; i++)
        {
            if (ProofNode.NibbleAt(path, i) != MerkleTrie.NibbleOf(key, depth + i))
            {
                return false;
            }
        }

        return true;
    }
}
