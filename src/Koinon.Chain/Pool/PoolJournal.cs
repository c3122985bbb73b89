using System.Buffers.Binary;
using Koinon.Primitives;
using Koinon.Primitives.Rlp;
using Koinon.Primitives.Transactions;

namespace Koinon.Chain.Pool;

/// <summary>Keeps on disk what waits in a pool, so that it survives the process.</summary>
/// <remarks>
/// <para>A file that only grows, until it is written anew: each record has its length, a checksum, its kind and what it
/// is about. What a death cut short at the end is not read again and written over.</para>
/// <para>A transaction that comes and goes before anybody is told of it is never written: under immediate building
/// nothing is. Safe from any thread.</para>
/// </remarks>
public sealed class PoolJournal : IDisposable
{
    /// <summary>The name of the file in a data directory.</summary>
    public const string FileName = "pool.journal";

    private const int ChecksumBytes = 4;
    private const int HeaderBytes = 4 + ChecksumBytes + 1;
    private const byte Taken = 1;
    private const byte Gone = 2;

    /// <summary>A file of fewer bytes is not worth writing anew.</summary>
    private const long RewriteMin = 4 << 20;

    private const int RecordBytesMax = 256 << 20;

    private readonly Lock _gate = new();
    private readonly string _path;
    private readonly bool _isDurable;

    // What is to be written, in order; and what the file says waits, with the bytes it takes there.
    private readonly LinkedList<PoolChange> _unwritten = [];
    private readonly Dictionary<Hash256, LinkedListNode<PoolChange>> _unwrittenByHash = [];
    private readonly Dictionary<Hash256, (PooledTransaction Pooled, int Bytes)> _live = [];
    private IReadOnlyList<Transaction> _read;
    private FileStream _file;
    private IDisposable? _subscription;
    private long _liveBytes;
    private long _rewriteMin = RewriteMin;

    private PoolJournal(string path, bool isDurable, FileStream file, IReadOnlyList<Transaction> read)
    {
        _path = path;
        _isDurable = isDurable;
        _file = file;
        _read = read;
    }

    /// <summary>Opens a journal, or begins one.</summary>
    /// <param name="path">The file.</param>
    /// <param name="isDurable">Whether a record outlives a power cut when it is written, and not just the process.
    /// </param>
    /// <exception cref="IOException">The file cannot be opened or read.</exception>
    public static PoolJournal Open(string path, bool isDurable)
    {
        FileStream file = new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read, bufferSize: 0);
        try
        {
            List<Transaction> read = Read(file, out long end);
            file.SetLength(end);
            file.Position = end;
            return new PoolJournal(path, isDurable, file, read);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Hands what the file holds to a pool, which judges it anew, and follows the pool from then on.</summary>
    /// <param name="pool">The pool.</param>
    /// <returns>How many wait again.</returns>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public int Attach(TransactionPool pool)
    {
        pool.AddMany(_read);
        _read = [];
        lock (_gate)
        {
            _subscription = pool.Subscribe(Follow);
            foreach (PooledTransaction pooled in pool.Snapshot())
            {
                _live[pooled.Transaction.Hash] = (pooled, 0);
            }

            Rewrite();
            return _live.Count;
        }
    }

    /// <summary>Writes what has changed since the last time.</summary>
    /// <param name="fault">Why it could not be written, and what would help.</param>
    public bool TryWrite(out string? fault)
    {
        fault = null;
        lock (_gate)
        {
            if (_unwritten.Count == 0)
            {
                return true;
            }

            long end = _file.Position;
            try
            {
                WriteAll();
                return true;
            }
            catch (IOException failure)
            {
                fault = $"{_path}: {failure.Message}";

                Cut(end);
                return false;
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _subscription?.Dispose();
        TryWrite(out _);
        lock (_gate)
        {
            _file.Dispose();
        }
    }

    private void Follow(PoolChange change)
    {
        bool isRequest = change.Kind is PoolChangeKind.Removed or PoolChangeKind.Discarded;
        lock (_gate)
        {
            Hash256 hash = change.Pooled.Transaction.Hash;
            if (!change.IsDeparture)
            {
                if (change.Kind != PoolChangeKind.Promoted)
                {
                    _unwrittenByHash[hash] = _unwritten.AddLast(change);
                }
            }
            else if (_unwrittenByHash.Remove(hash, out LinkedListNode<PoolChange>? taken))
            {
                _unwritten.Remove(taken);
            }
            else if (_live.ContainsKey(hash))
            {
                _unwritten.AddLast(change);
            }
        }

        if (isRequest)
        {
            // What was given up on request must not come again by a death; the rest would be refused anyway.
            TryWrite(out _);
        }
    }

    /// <summary>Half a record at the end is worth nothing, and would hide what follows it.</summary>
    private void Cut(long end)
    {
        try
        {
            _file.SetLength(end);
        }
        catch (IOException)
        {
            // What follows is written over it.
        }

        _file.Position = end;
    }

    private void WriteAll()
    {
        using MemoryStream records = new();
        List<(PoolChange Change, int Bytes)> written = new(_unwritten.Count);
        foreach (PoolChange change in _unwritten)
        {
            written.Add((change, Append(records, change)));
        }

        Write(_file, records);
        _unwritten.Clear();
        _unwrittenByHash.Clear();
        foreach ((PoolChange change, int bytes) in written)
        {
            Hash256 hash = change.Pooled.Transaction.Hash;
            if (!change.IsDeparture)
            {
                _live[hash] = (change.Pooled, bytes);
                _liveBytes += bytes;
            }
            else if (_live.Remove(hash, out (PooledTransaction Pooled, int Bytes) gone))
            {
                _liveBytes -= gone.Bytes;
            }
        }

        if (_file.Length > _rewriteMin && _file.Length > 2 * _liveBytes)
        {
            TryRewrite();
        }
    }

    /// <summary>A file that cannot be written anew goes on growing.</summary>
    private void TryRewrite()
    {
        try
        {
            Rewrite();
        }
        catch (IOException)
        {
            _rewriteMin = checked(2 * _file.Length);
        }
    }

    /// <summary>Writes a file of what waits alone, and puts it in the place of the old one.</summary>
    private void Rewrite()
    {
        string fresh = _path + ".new";
        FileStream file = new(fresh, FileMode.Create, FileAccess.ReadWrite, FileShare.Read, bufferSize: 0);
        try
        {
            using MemoryStream records = new();
            _liveBytes = 0;
            PooledTransaction[] waiting = [.. _live.Values.Select(static live => live.Pooled)];
            Array.Sort(waiting, static (left, right) => left.Sequence.CompareTo(right.Sequence));
            foreach (PooledTransaction pooled in waiting)
            {
                int bytes = Append(records, new PoolChange(PoolChangeKind.Added, pooled));
                _live[pooled.Transaction.Hash] = (pooled, bytes);
                _liveBytes += bytes;
            }

            Write(file, records);
            file.Flush(flushToDisk: true);
            File.Move(fresh, _path, overwrite: true);
        }
        catch
        {
            file.Dispose();
            throw;
        }

        _file.Dispose();
        _file = file;
    }

    private void Write(FileStream file, MemoryStream records)
    {
        file.Write(records.GetBuffer().AsSpan(0, (int)records.Length));
        file.Flush(_isDurable);
    }

    private static int Append(MemoryStream records, PoolChange change)
    {
        RlpWriter writer = new(stackalloc byte[512]);
        Transaction transaction = change.Pooled.Transaction;
        if (change.IsDeparture)
        {
            Hash256 hash = transaction.Hash;
            writer.WriteRaw(Hash256.AsSpan(in hash));
        }
        else
        {
            transaction.EncodeNetworkFormTo(ref writer);
        }

        byte kind = change.IsDeparture ? Gone : Taken;
        ReadOnlySpan<byte> payload = writer.Written;
        int bytes = HeaderBytes + payload.Length;
        Span<byte> header = stackalloc byte[HeaderBytes];
        BinaryPrimitives.WriteInt32BigEndian(header, payload.Length);
        Checksum(kind, payload, header[4..]);
        header[^1] = kind;
        records.Write(header);
        records.Write(payload);
        writer.Dispose();
        return bytes;
    }

    private static void Checksum(byte kind, ReadOnlySpan<byte> payload, Span<byte> destination)
    {
        Hash256 hash = Hash256.Keccak(payload);
        Hash256.AsSpan(in hash)[..ChecksumBytes].CopyTo(destination);
        destination[0] ^= kind;
    }

    /// <summary>Reads records up to the first that is not whole.</summary>
    /// <param name="file">The file, from its beginning.</param>
    /// <param name="end">Where the last whole record ends.</param>
    /// <returns>What waited, in the order of arrival.</returns>
    private static List<Transaction> Read(FileStream file, out long end)
    {
        end = 0;
        Dictionary<Hash256, Transaction> waiting = [];
        List<Transaction> order = [];
        byte[] header = new byte[HeaderBytes];
        while (file.ReadAtLeast(header, HeaderBytes, throwOnEndOfStream: false) == HeaderBytes)
        {
            int length = BinaryPrimitives.ReadInt32BigEndian(header);
            if (length is < 0 or > RecordBytesMax || length > file.Length - file.Position)
            {
                break;
            }

            byte[] payload = new byte[length];
            file.ReadExactly(payload);
            byte[] checksum = new byte[ChecksumBytes];
            Checksum(header[^1], payload, checksum);
            if (!header.AsSpan(4, ChecksumBytes).SequenceEqual(checksum))
            {
                break;
            }

            if (header[^1] == Gone && length == Hash256.Size)
            {
                waiting.Remove(new Hash256(payload));
            }
            else if (header[^1] == Taken
                && Transaction.TryDecodeNetworkForm(payload, out Transaction? transaction, out _)
                && waiting.TryAdd(transaction.Hash, transaction))
            {
                order.Add(transaction);
            }

            end = file.Position;
        }

        return order.FindAll(transaction => waiting.TryGetValue(transaction.Hash, out Transaction? same)
            && ReferenceEquals(same, transaction));
    }
}
