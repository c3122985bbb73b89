using System.Buffers.Binary;
using Koinon.Primitives;
using Koinon.Primitives.State;

namespace Koinon.Node.Forking;

/// <summary>The form in which facts of a remote state lie in a file: a mark, then records of fixed sizes.</summary>
/// <remarks>
/// A record is a letter and its fields, numbers with the greatest byte first: <c>A</c> address (20), nonce (8), balance
/// (32), code hash (32); <c>N</c> address (20) without an account; <c>S</c> address (20), slot (32), value (32);
/// <c>B</c> block number (8), hash (32). Code lies in files of its own.
/// </remarks>
internal static class FactFile
{
    private const int NumberSize = sizeof(ulong);

    private static ReadOnlySpan<byte> Mark => "KOINON1\n"u8;

    /// <summary>The bytes of a file.</summary>
    public static byte[] Write(RemoteFacts facts)
    {
        using MemoryStream file = new();
        file.Write(Mark);
        Span<byte> record = stackalloc byte[1 + Address.Size + NumberSize + UInt256.Size + Hash256.Size];
        foreach ((Address address, Account? account) in facts.Accounts)
        {
            record[0] = account.HasValue ? (byte)'A' : (byte)'N';
            address.CopyTo(record[1..]);
            int length = 1 + Address.Size;
            if (account is { } known)
            {
                BinaryPrimitives.WriteUInt64BigEndian(record[length..], known.Nonce);
                known.Balance.WriteBigEndian(record[(length + NumberSize)..]);
                known.CodeHash.CopyTo(record[(length + NumberSize + UInt256.Size)..]);
                length = record.Length;
            }

            file.Write(record[..length]);
        }

        foreach (((Address account, UInt256 slot), UInt256 value) in facts.Slots)
        {
            record[0] = (byte)'S';
            account.CopyTo(record[1..]);
            slot.WriteBigEndian(record[(1 + Address.Size)..]);
            value.WriteBigEndian(record[(1 + Address.Size + UInt256.Size)..]);
            file.Write(record[..(1 + Address.Size + (2 * UInt256.Size))]);
        }

        foreach ((ulong number, Hash256 hash) in facts.Hashes)
        {
            record[0] = (byte)'B';
            BinaryPrimitives.WriteUInt64BigEndian(record[1..], number);
            hash.CopyTo(record[(1 + NumberSize)..]);
            file.Write(record[..(1 + NumberSize + Hash256.Size)]);
        }

        return file.ToArray();
    }

    /// <summary>Reads a file.</summary>
    /// <param name="file">Its bytes.</param>
    /// <param name="facts">Receives what it holds.</param>
    /// <returns>Whether it is one.</returns>
    public static bool TryRead(ReadOnlySpan<byte> file, RemoteFacts facts)
    {
        if (!file.StartsWith(Mark))
        {
            return false;
        }

        file = file[Mark.Length..];
        while (!file.IsEmpty)
        {
            int length = LengthOf(file[0]);
            if (length == 0 || file.Length < length)
            {
                return false;
            }

            Read(file[0], file[1..length], facts);
            file = file[length..];
        }

        return true;
    }

    private static int LengthOf(byte letter) => (char)letter switch
    {
        'A' => 1 + Address.Size + NumberSize + UInt256.Size + Hash256.Size,
        'N' => 1 + Address.Size,
        'S' => 1 + Address.Size + (2 * UInt256.Size),
        'B' => 1 + NumberSize + Hash256.Size,
        _ => 0,
    };

    private static void Read(byte letter, ReadOnlySpan<byte> fields, RemoteFacts facts)
    {
        if (letter == 'B')
        {
            facts.Hashes[BinaryPrimitives.ReadUInt64BigEndian(fields)] = new Hash256(fields[NumberSize..]);
            return;
        }

        Address address = new(fields[..Address.Size]);
        fields = fields[Address.Size..];
        switch ((char)letter)
        {
            case 'A':
                facts.Accounts[address] = new Account(
                    BinaryPrimitives.ReadUInt64BigEndian(fields),
                    UInt256.FromBigEndian(fields.Slice(NumberSize, UInt256.Size)),
                    new Hash256(fields[(NumberSize + UInt256.Size)..]));
                break;
            case 'N':
                facts.Accounts[address] = null;
                break;
            default:
                facts.Slots[(address, UInt256.FromBigEndian(fields[..UInt256.Size]))] =
                    UInt256.FromBigEndian(fields[UInt256.Size..]);
                break;
        }
    }
}
