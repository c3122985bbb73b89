using System.Buffers.Binary;
using Koinon.Primitives;
using Koinon.Primitives.Rlp;
using Koinon.Primitives.State;
using Koinon.State.Tries;

namespace Koinon.State;

/// <summary>The form in which the trie of accounts holds an account: RLP of [nonce, balance, storage root, code hash].
/// </summary>
internal static class AccountEncoding
{
    /// <summary>The longest encoding: a header of 2 bytes, then 9, 33, 33 and 33.</summary>
    internal const int MaxLength = 2 + 9 + 33 + 33 + 33;

    /// <summary>Encodes an account.</summary>
    /// <param name="account">Nonce, balance, code hash.</param>
    /// <param name="storageRoot">The root of its storage.</param>
    /// <param name="destination">At least <see cref="MaxLength"/> bytes.</param>
    /// <returns>How many bytes were written.</returns>
    internal static int Write(in Account account, in Hash256 storageRoot, Span<byte> destination)
    {
        Span<byte> payload = stackalloc byte[MaxLength];
        Span<byte> word = stackalloc byte[UInt256.Size];
        BinaryPrimitives.WriteUInt64BigEndian(word, account.Nonce);
        int at = NodeEncoding.WriteString(word[..sizeof(ulong)].TrimStart((byte)0), payload);
        int length = account.Balance.WriteTrimmedBigEndian(word);
        at += NodeEncoding.WriteString(word[..length], payload[at..]);
        at += NodeEncoding.WriteString(Hash256.AsSpan(in storageRoot), payload[at..]);
        at += NodeEncoding.WriteString(Hash256.AsSpan(account.CodeHash), payload[at..]);
        int header = NodeEncoding.WriteHeader(NodeEncoding.ListOffset, at, destination);
        payload[..at].CopyTo(destination[header..]);
        return header + at;
    }

    /// <summary>Decodes an account that a stranger encoded.</summary>
    /// <returns><see langword="false"/> where the bytes are anything else, or not canonical.</returns>
    internal static bool TryRead(ReadOnlySpan<byte> encoded, out Account account, out Hash256 storageRoot)
    {
        account = default;
        storageRoot = default;
        RlpReader outer = new(encoded);
        if (outer.ReadList(out RlpReader items) != RlpError.None
            || items.ReadUInt64(out ulong nonce) != RlpError.None
            || items.ReadUInt256(out UInt256 balance) != RlpError.None
            || items.ReadHash(out storageRoot) != RlpError.None
            || items.ReadHash(out Hash256 codeHash) != RlpError.None)
        {
            return false;
        }

        account = new Account(nonce, balance, codeHash);
        return items.IsEmpty && outer.IsEmpty;
    }
}
