using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Koinon.Primitives;
using Koinon.Primitives.State;
using Koinon.State.Tries;
using Koinon.Storage;

namespace Koinon.State.Stored;

/// <summary>What the table of accounts says of one.</summary>
/// <param name="Exists">Whether there is one; false stands only where a state beneath must be hidden.</param>
/// <param name="HidesBeneath">Whether its slots beneath are gone.</param>
/// <param name="Account">Nonce, balance, code hash.</param>
/// <param name="StorageRoot">The root of its storage trie.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct StoredAccount(bool Exists, bool HidesBeneath, Account Account, Hash256 StorageRoot)
{
    /// <summary>Bytes that any account fits in.</summary>
    internal const int MaxLength = 2 + sizeof(ulong) + UInt256.Size + (2 * Hash256.Size);

    private const byte ExistsFlag = 1;
    private const byte CodeFlag = 2;
    private const byte StorageFlag = 4;
    private const byte HidesFlag = 8;

    /// <summary>No account, and nothing beneath either.</summary>
    internal static StoredAccount Gone => new(false, true, default, MerkleTrie.Empty.Root);

    /// <summary>Whether it has slots here.</summary>
    internal bool HasStorage => Exists && StorageRoot != MerkleTrie.Empty.Root;

    /// <summary>Reads a record.</summary>
    /// <exception cref="StoreException">It is none.</exception>
    internal static StoredAccount Read(ReadOnlySpan<byte> value)
    {
        if (value is [0])
        {
            return Gone;
        }

        byte flags = value.IsEmpty ? (byte)0 : value[0];
        int length = 2 + ((flags & CodeFlag) != 0 ? Hash256.Size : 0) + ((flags & StorageFlag) != 0 ? Hash256.Size : 0);
        if ((flags & ExistsFlag) == 0
            || value.Length < length
            || value[1] > sizeof(ulong)
            || value.Length - length - value[1] is < 0 or > UInt256.Size)
        {
            throw new StoreException(StoreError.Corrupt, $"An account of the state is damaged: {Hex.Encode(value)}.");
        }

        int nonceLength = value[1];
        value = value[2..];
        Hash256 code = Account.NoCode;
        Hash256 root = MerkleTrie.Empty.Root;
        if ((flags & CodeFlag) != 0)
        {
            code = new Hash256(value[..Hash256.Size]);
            value = value[Hash256.Size..];
        }

        if ((flags & StorageFlag) != 0)
        {
            root = new Hash256(value[..Hash256.Size]);
            value = value[Hash256.Size..];
        }

        ulong nonce = (ulong)UInt256.FromBigEndian(value[..nonceLength]);
        UInt256 balance = UInt256.FromBigEndian(value[nonceLength..]);
        return new StoredAccount(true, (flags & HidesFlag) != 0, new Account(nonce, balance, code), root);
    }

    /// <summary>Writes the record.</summary>
    /// <param name="destination">At least <see cref="MaxLength"/> bytes.</param>
    /// <returns>How many were written.</returns>
    internal int Write(Span<byte> destination)
    {
        destination[0] = 0;
        if (!Exists)
        {
            return 1;
        }

        int at = 2;
        byte flags = ExistsFlag;
        if (Account.HasCode)
        {
            flags |= CodeFlag;
            Hash256.AsSpan(Account.CodeHash).CopyTo(destination[at..]);
            at += Hash256.Size;
        }

        if (HasStorage)
        {
            flags |= StorageFlag;
            Hash256.AsSpan(StorageRoot).CopyTo(destination[at..]);
            at += Hash256.Size;
        }

        Span<byte> nonce = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64BigEndian(nonce, Account.Nonce);
        ReadOnlySpan<byte> trimmed = nonce.TrimStart((byte)0);
        trimmed.CopyTo(destination[at..]);
        at += trimmed.Length;
        at += Account.Balance.WriteTrimmedBigEndian(destination[at..]);
        destination[0] = HidesBeneath ? (byte)(flags | HidesFlag) : flags;
        destination[1] = (byte)trimmed.Length;
        return at;
    }
}
