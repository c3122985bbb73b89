using BenchmarkDotNet.Attributes;
using Koinon.Primitives;
using Koinon.Primitives.Blocks;
using Koinon.Primitives.Rlp;
using Koinon.Primitives.Transactions;

namespace Koinon.Benchmarks.Primitives;

/// <summary>RLP of a block of 200 token transfers: read, refused at its end, written, hashed.</summary>
public class BlockRlpBenchmarks
{
    private const int Transfers = 200;

    private byte[] _bytes = [];
    private byte[] _damaged = [];
    private Block _block = null!;

    [GlobalSetup]
    public void Setup()
    {
        Transaction[] transactions = new Transaction[Transfers];
        for (int i = 0; i < transactions.Length; i++)
        {
            transactions[i] = Transfer(i);
        }

        _block = new Block
        {
            Header = new BlockHeader
            {
                Number = 23_000_000,
                GasLimit = 45_000_000,
                Timestamp = 1_750_000_000,
                BaseFeePerGas = 1_000_000_000UL,
                WithdrawalsRoot = Hash256.Zero,
                BlobGasUsed = 0,
                ExcessBlobGas = 0,
                ParentBeaconBlockRoot = Hash256.Zero,
            },
            Transactions = transactions,
            Withdrawals = [new Withdrawal(1, 2, Address.Zero, 3)],
        };
        _bytes = _block.Encode();

        // The last byte is a withdrawal's amount: a header without content in its place is refused after all else.
        _damaged = [.. _bytes];
        _damaged[^1] = 0x81;
    }

    /// <summary>Decodes; transactions keep the block's bytes.</summary>
    [Benchmark(Baseline = true)]
    public Block? Decode() => Block.TryDecode(_bytes, out Block? block, out _) ? block : null;

    /// <summary>Decodes bytes whose last withdrawal is malformed.</summary>
    [Benchmark]
    public BlockDecodeReason DecodeRefused()
    {
        Block.TryDecode(_damaged, out _, out BlockDecodeError error);
        return error.Reason;
    }

    /// <summary>Writes a block whose transactions are encoded already, into a rented buffer.</summary>
    [Benchmark]
    public int Encode()
    {
        RlpWriter writer = new([]);
        _block.EncodeTo(ref writer);
        int length = writer.Length;
        writer.Dispose();
        return length;
    }

    /// <summary>Decodes and hashes each transaction.</summary>
    [Benchmark]
    public Hash256 DecodeAndHash()
    {
        Block.TryDecode(_bytes, out Block? block, out _);
        Hash256 last = default;
        foreach (Transaction transaction in block!.Transactions)
        {
            last = transaction.Hash;
        }

        return last;
    }

    /// <summary>Hashes the header.</summary>
    [Benchmark]
    public Hash256 HashHeader() => BlockHeader.KeccakOf(_block.Header);

    private static Transaction Transfer(int seed)
    {
        byte[] data = new byte[68];
        data[0] = 0xa9;
        UInt256 scalar = Hash256.Keccak(BitConverter.GetBytes(seed)).ToWord();
        scalar.WriteBigEndian(data.AsSpan(4));
        return new Transaction
        {
            Type = TransactionType.DynamicFee,
            ChainId = 1u,
            Nonce = (ulong)seed,
            GasLimit = 65_000,
            MaxFeePerGas = 30_000_000_000UL,
            MaxPriorityFeePerGas = 1_000_000_000UL,
            To = Address.FromWord(scalar),
            Data = data,
            Signature = new TransactionSignature((uint)(seed & 1), scalar, scalar >> 1),
        };
    }
}
