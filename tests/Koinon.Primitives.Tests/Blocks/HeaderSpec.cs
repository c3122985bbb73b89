using System.Buffers.Binary;
using Koinon.Primitives.Blocks;
using Koinon.Primitives.Tests.Rlp;
using Koinon.Primitives.Tests.Transactions;

namespace Koinon.Primitives.Tests.Blocks;

/// <summary>A header in a form that shrinks well, and its encoding by the definition.</summary>
public sealed record HeaderSpec(
    byte Forks,
    WordSpec Seed,
    WordSpec Difficulty,
    ulong Number,
    ulong GasLimit,
    ulong GasUsed,
    byte[] Extra,
    ulong Nonce,
    WordSpec BaseFee,
    ulong BlobGas)
{
    private int Optional => Forks % 7;

    private Bloom Bloom
    {
        get
        {
            Bloom bloom = default;
            bloom.Add(Extra);
            return bloom;
        }
    }

    public BlockHeader Header => new()
    {
        ParentHash = Hash(0),
        UnclesHash = Hash(1),
        Beneficiary = new Address(Hash256.AsSpan(Hash(2))[12..]),
        StateRoot = Hash(3),
        TransactionsRoot = Hash(4),
        ReceiptsRoot = Hash(5),
        LogsBloom = Bloom,
        Difficulty = Difficulty.Value,
        Number = Number,
        GasLimit = GasLimit,
        GasUsed = GasUsed,
        Timestamp = Number,
        ExtraData = Extra,
        MixHash = Hash(6),
        Nonce = Nonce,
        BaseFeePerGas = Optional > 0 ? BaseFee.Value : null,
        WithdrawalsRoot = Optional > 1 ? Hash(7) : null,
        BlobGasUsed = Optional > 2 ? BlobGas : null,
        ExcessBlobGas = Optional > 3 ? GasUsed : null,
        ParentBeaconBlockRoot = Optional > 4 ? Hash(8) : null,
        RequestsHash = Optional > 5 ? Hash(9) : null,
    };

    public NaiveRlp Rlp
    {
        get
        {
            byte[] nonce = new byte[8];
            BinaryPrimitives.WriteUInt64BigEndian(nonce, Nonce);
            List<NaiveRlp> fields =
            [
                Bytes(0), Bytes(1), NaiveRlp.String(Bytes(2).Text![12..]), Bytes(3), Bytes(4), Bytes(5),
                NaiveRlp.String(Hex.Decode(Bloom.ToString())), Difficulty.Rlp, NaiveRlp.Number(Number),
                NaiveRlp.Number(GasLimit), NaiveRlp.Number(GasUsed), NaiveRlp.Number(Number), NaiveRlp.String(Extra),
                Bytes(6), NaiveRlp.String(nonce),
            ];
            List<NaiveRlp> optional =
                [BaseFee.Rlp, Bytes(7), NaiveRlp.Number(BlobGas), NaiveRlp.Number(GasUsed), Bytes(8), Bytes(9)];
            return NaiveRlp.List([.. fields, .. optional.Take(Optional)]);
        }
    }

    private Hash256 Hash(int index) => Hash256.FromWord(unchecked(Seed.Value + (UInt256)(uint)index));

    private NaiveRlp Bytes(int index) => NaiveRlp.String(AccessSpec.Padded(Hash(index).ToWord()));
}
