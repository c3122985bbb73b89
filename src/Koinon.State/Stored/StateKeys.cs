using System.Buffers.Binary;
using Koinon.Primitives;
using Koinon.Storage;

namespace Koinon.State.Stored;

/// <summary>How keys are written.</summary>
/// <remarks>
/// In the tables of nodes the length of a path stands after its nibbles, so that neighbours in the trie are neighbours
/// in the table. In the history it stands before them: no name is then the beginning of another one.
/// </remarks>
internal static class StateKeys
{
    /// <summary>Bytes of a slot's key.</summary>
    internal const int SlotLength = 2 * Hash256.Size;

    /// <summary>The most bytes that a node's key has.</summary>
    internal const int NodeMax = (2 * Hash256.Size) + 1;

    /// <summary>The most bytes that the name of a node in the history has.</summary>
    internal const int NodeNameMax = 1 + NodeMax;

    /// <summary>Bytes that a number adds.</summary>
    internal const int NumberLength = sizeof(ulong);

    // In the order in which tries are written: what is noted of a block comes in the order of keys.
    private const byte StorageTrie = 0;
    private const byte AccountTrie = 1;

    /// <summary>Writes a slot's key.</summary>
    internal static void WriteSlot(in Hash256 account, in Hash256 slot, Span<byte> destination)
    {
        Hash256.AsSpan(in account).CopyTo(destination);
        Hash256.AsSpan(in slot).CopyTo(destination[Hash256.Size..]);
    }

    /// <summary>Writes a node's key.</summary>
    /// <param name="account">Whose storage trie; <see langword="null"/> for the trie of accounts.</param>
    /// <param name="path">One nibble a byte.</param>
    /// <param name="destination">At least <see cref="NodeMax"/> bytes.</param>
    /// <returns>How many were written.</returns>
    internal static int WriteNode(Hash256? account, ReadOnlySpan<byte> path, Span<byte> destination)
    {
        int at = WriteAccount(account, destination);
        at += Pack(path, destination[at..]);
        destination[at++] = (byte)path.Length;
        return at;
    }

    /// <summary>Writes the name of a node in the history: which kind of trie, whose, path length, path.</summary>
    /// <param name="account">Whose storage trie; <see langword="null"/> for the trie of accounts.</param>
    /// <param name="path">One nibble a byte.</param>
    /// <param name="destination">At least <see cref="NodeNameMax"/> bytes.</param>
    /// <returns>How many were written.</returns>
    internal static int WriteNodeName(Hash256? account, ReadOnlySpan<byte> path, Span<byte> destination)
    {
        destination[0] = account.HasValue ? StorageTrie : AccountTrie;
        int at = 1 + WriteAccount(account, destination[1..]);
        destination[at++] = (byte)path.Length;
        return at + Pack(path, destination[at..]);
    }

    /// <summary>The table of a node that the history names.</summary>
    internal static StoreTable TableOf(ReadOnlySpan<byte> nodeName) =>
        nodeName[0] == StorageTrie ? StateTables.StorageTrie : StateTables.AccountTrie;

    /// <summary>Writes the key of a node that the history names.</summary>
    /// <param name="nodeName">As <see cref="WriteNodeName"/> wrote it.</param>
    /// <param name="destination">At least <see cref="NodeMax"/> bytes.</param>
    /// <returns>How many were written.</returns>
    internal static int WriteNode(ReadOnlySpan<byte> nodeName, Span<byte> destination)
    {
        int at = nodeName[0] == StorageTrie ? Hash256.Size : 0;
        nodeName.Slice(1, at).CopyTo(destination);
        nodeName[(at + 2)..].CopyTo(destination[at..]);
        destination[nodeName.Length - 2] = nodeName[at + 1];
        return nodeName.Length - 1;
    }

    /// <summary>Writes a number, big-endian.</summary>
    internal static void WriteNumber(ulong number, Span<byte> destination) =>
        BinaryPrimitives.WriteUInt64BigEndian(destination, number);

    /// <summary>Makes the first key after all that begin with some bytes.</summary>
    /// <param name="prefix">Made greater by one in place.</param>
    /// <returns>Whether there is such a key.</returns>
    internal static bool TryIncrement(Span<byte> prefix)
    {
        for (int i = prefix.Length - 1; i >= 0; i--)
        {
            if (prefix[i] != byte.MaxValue)
            {
                prefix[i]++;
                return true;
            }

            prefix[i] = 0;
        }

        return false;
    }

    private static int WriteAccount(Hash256? account, Span<byte> destination)
    {
        if (account is not Hash256 hash)
        {
            return 0;
        }

        Hash256.AsSpan(in hash).CopyTo(destination);
        return Hash256.Size;
    }

    private static int Pack(ReadOnlySpan<byte> path, Span<byte> destination)
    {
        int length = (path.Length + 1) / 2;
        for (int i = 0; i < length; i++)
        {
            int low = (2 * i) + 1 < path.Length ? path[(2 * i) + 1] : 0;
            destination[i] = (byte)((path[2 * i] << 4) | low);
        }

        return length;
    }
}
