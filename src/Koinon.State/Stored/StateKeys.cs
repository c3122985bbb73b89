using System.Buffers.Binary;
using Koinon.Primitives;

namespace Koinon.State.Stored;

/// <summary>How keys are written.</summary>
/// <remarks>
/// In the tables of nodes the length of a path stands after its nibbles, so that neighbours in the trie are neighbours
/// in the table. Where a number follows, the length stands before them: no key is then the beginning of another one's.
/// </remarks>
internal static class StateKeys
{
    /// <summary>Bytes of a slot's key.</summary>
    internal const int SlotLength = 2 * Hash256.Size;

    /// <summary>The most bytes that a node's key has.</summary>
    internal const int NodeMax = (2 * Hash256.Size) + 1;

    /// <summary>Bytes that a number adds.</summary>
    internal const int NumberLength = sizeof(ulong);

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

    /// <summary>Writes a node's key as numbers follow it.</summary>
    /// <param name="account">Whose storage trie; <see langword="null"/> for the trie of accounts.</param>
    /// <param name="path">One nibble a byte.</param>
    /// <param name="destination">At least <see cref="NodeMax"/> bytes.</param>
    /// <returns>How many were written.</returns>
    internal static int WriteNodeBeforeNumber(Hash256? account, ReadOnlySpan<byte> path, Span<byte> destination)
    {
        int at = WriteAccount(account, destination);
        destination[at++] = (byte)path.Length;
        return at + Pack(path, destination[at..]);
    }

    /// <summary>Turns a node's key as numbers follow it into its own.</summary>
    /// <param name="key">As <see cref="WriteNodeBeforeNumber"/> wrote it.</param>
    /// <param name="isStorage">Whether an address hash begins it.</param>
    /// <param name="destination">As many bytes.</param>
    internal static void TurnNode(ReadOnlySpan<byte> key, bool isStorage, Span<byte> destination)
    {
        int at = isStorage ? Hash256.Size : 0;
        key[..at].CopyTo(destination);
        key[(at + 1)..].CopyTo(destination[at..]);
        destination[key.Length - 1] = key[at];
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
