using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Koinon.Storage;

/// <summary>A whole store as one stream of bytes, the same on every machine and whatever keeps the store.</summary>
/// <remarks>
/// A name and a version; attachments (name, bytes); tables (name, then keys and values in order); the SHA-256 of all of
/// it. A length is a number of seven bits a byte, the lowest first; an empty name or key ends a list.
/// </remarks>
public static class StoreArchive
{
    private const uint Version = 1;
    private const int ValueBytesMax = int.MaxValue - 64;
    private const int BytesAtOnce = 32 << 20;

    private static ReadOnlySpan<byte> Magic => "KOINON STORE\n"u8;

    /// <summary>Writes a snapshot of some tables.</summary>
    /// <param name="output">Receives the archive.</param>
    /// <param name="snapshot">What is written.</param>
    /// <param name="tables">Which tables.</param>
    /// <param name="attachments">What else belongs to it, by name.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>How many entries were written.</returns>
    public static long Write(
        Stream output,
        IReadTransaction snapshot,
        IReadOnlyList<StoreTable> tables,
        IReadOnlyDictionary<string, byte[]> attachments,
        CancellationToken cancellation)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Writer writer = new(output, hash);
        writer.Raw(Magic);
        Span<byte> version = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(version, Version);
        writer.Raw(version);
        foreach ((string name, byte[] bytes) in attachments)
        {
            writer.Item(Encoding.UTF8.GetBytes(name));
            writer.Item(bytes);
        }

        writer.Item([]);
        long entries = 0;
        foreach (StoreTable table in tables)
        {
            writer.Item(Encoding.UTF8.GetBytes(table.Name));
            using IStoreCursor cursor = snapshot.OpenCursor(table);
            while (cursor.MoveNext())
            {
                cancellation.ThrowIfCancellationRequested();
                writer.Item(cursor.Key);
                writer.Item(cursor.Value);
                entries++;
            }

            writer.Item([]);
        }

        writer.Item([]);
        output.Write(hash.GetHashAndReset());
        return entries;
    }

    /// <summary>Reads an archive into a store that is empty.</summary>
    /// <param name="input">The archive.</param>
    /// <param name="open">Opens the store when the attachments were read.</param>
    /// <param name="tables">The tables of the store.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>How many entries were read.</returns>
    /// <exception cref="InvalidDataException">It is no archive, or a damaged one; the store holds a part.</exception>
    public static long Read(
        Stream input,
        Func<IReadOnlyDictionary<string, byte[]>, IStore> open,
        IReadOnlyList<StoreTable> tables,
        CancellationToken cancellation)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Reader reader = new(input, hash);
        if (!reader.Raw(Magic.Length).SequenceEqual(Magic))
        {
            throw new InvalidDataException("it is no archive of a store");
        }

        uint version = BinaryPrimitives.ReadUInt32BigEndian(reader.Raw(sizeof(uint)));
        if (version != Version)
        {
            throw new InvalidDataException($"it is an archive of version {version}, this program reads {Version}");
        }

        Dictionary<string, byte[]> attachments = [];
        while (reader.Item(StoreKey.LengthMax) is { Length: > 0 } name)
        {
            attachments[Encoding.UTF8.GetString(name)] = reader.Item(ValueBytesMax);
        }

        IStore store = open(attachments);
        long entries = 0;
        while (reader.Item(StoreKey.LengthMax) is { Length: > 0 } name)
        {
            StoreTable table = Find(tables, Encoding.UTF8.GetString(name));
            while (ReadSome(reader, store, table, ref entries)) cancellation.ThrowIfCancellationRequested();
        }

        byte[] right = hash.GetHashAndReset();
        return reader.Tail(right.Length).AsSpan().SequenceEqual(right)
            ? entries
            : throw new InvalidDataException("its checksum is wrong: it was damaged on its way");
    }

    /// <summary>Reads entries of a table in one transaction; whether there may be more.</summary>
    private static bool ReadSome(Reader reader, IStore store, StoreTable table, ref long entries)
    {
        using IWriteTransaction write = store.BeginWrite();
        int bytes = 0;
        bool more = true;
        while (bytes < BytesAtOnce)
        {
            byte[] key = reader.Item(StoreKey.LengthMax);
            more = key.Length > 0;
            if (!more) break;

            byte[] value = reader.Item(ValueBytesMax);
            write.Put(table, key, value);
            bytes += Math.Min(key.Length + value.Length, BytesAtOnce);
            entries++;
        }

        write.Commit();
        return more;
    }

    private static StoreTable Find(IReadOnlyList<StoreTable> tables, string name)
    {
        foreach (StoreTable table in tables)
        {
            if (table.Name == name) return table;
        }

        throw new InvalidDataException($"it has a table '{name}' that this program does not know");
    }

    private sealed class Writer(Stream output, IncrementalHash hash)
    {
        public void Raw(ReadOnlySpan<byte> bytes)
        {
            hash.AppendData(bytes);
            output.Write(bytes);
        }

        public void Item(ReadOnlySpan<byte> bytes)
        {
            Span<byte> length = stackalloc byte[5];
            int count = 0;
            for (uint left = (uint)bytes.Length; ; left >>= 7)
            {
                length[count++] = (byte)(left < 0x80 ? left : (left & 0x7f) | 0x80);
                if (left < 0x80) break;
            }

            Raw(length[..count]);
            Raw(bytes);
        }
    }

    private sealed class Reader(Stream input, IncrementalHash hash)
    {
        public byte[] Raw(int length)
        {
            byte[] bytes = Tail(length);
            hash.AppendData(bytes);
            return bytes;
        }

        /// <summary>Reads bytes that the checksum does not cover.</summary>
        public byte[] Tail(int length)
        {
            try
            {
                byte[] bytes = new byte[length];
                input.ReadExactly(bytes);
                return bytes;
            }
            catch (EndOfStreamException)
            {
                throw new InvalidDataException("it ends too early");
            }
        }

        public byte[] Item(int lengthMax)
        {
            uint length = 0;
            for (int shift = 0; ; shift += 7)
            {
                byte piece = Raw(1)[0];
                if (shift > 28) throw new InvalidDataException("a length in it is too long");

                length |= (uint)(piece & 0x7f) << shift;
                if (piece < 0x80) break;
            }

            return length <= lengthMax
                ? Raw((int)length)
                : throw new InvalidDataException($"it claims {length} bytes where {lengthMax} may stand");
        }
    }
}
