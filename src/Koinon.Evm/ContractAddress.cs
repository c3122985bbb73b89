using System.Buffers.Binary;
using Koinon.Crypto;
using Koinon.Primitives;

namespace Koinon.Evm;

/// <summary>Where a new contract stands.</summary>
public static class ContractAddress
{
    /// <summary>Of CREATE or of a transaction: from creator and nonce (yellow paper, section 7).</summary>
    public static Address Of(in Address creator, ulong nonce)
    {
        // The RLP of [creator, nonce]: a list head, the address, and the nonce as a trimmed integer.
        Span<byte> rlp = stackalloc byte[1 + 1 + Address.Size + 9];
        rlp[1] = 0x80 + Address.Size;
        creator.CopyTo(rlp[2..]);
        int length = 2 + Address.Size;
        if (nonce is 0 or >= 0x80)
        {
            Span<byte> bytes = stackalloc byte[8];
            BinaryPrimitives.WriteUInt64BigEndian(bytes, nonce);
            ReadOnlySpan<byte> trimmed = ((ReadOnlySpan<byte>)bytes).TrimStart((byte)0);
            rlp[length++] = (byte)(0x80 + trimmed.Length);
            trimmed.CopyTo(rlp[length..]);
            length += trimmed.Length;
        }
        else
        {
            rlp[length++] = (byte)nonce;
        }

        rlp[0] = (byte)(0xc0 + length - 1);
        return FromHashOf(rlp[..length]);
    }

    /// <summary>Of CREATE2: from creator, salt and initialisation code (EIP-1014).</summary>
    public static Address Of(in Address creator, in UInt256 salt, ReadOnlySpan<byte> initCode)
    {
        Span<byte> bytes = stackalloc byte[1 + Address.Size + 32 + 32];
        bytes[0] = 0xff;
        creator.CopyTo(bytes[1..]);
        salt.WriteBigEndian(bytes[21..]);
        Keccak256.Hash(initCode, bytes[53..]);
        return FromHashOf(bytes);
    }

    private static Address FromHashOf(ReadOnlySpan<byte> bytes)
    {
        Span<byte> hash = stackalloc byte[32];
        Keccak256.Hash(bytes, hash);
        return new Address(hash[12..]);
    }
}
