using Koinon.Primitives.Tests.Rlp;
using Koinon.Primitives.Transactions;

namespace Koinon.Primitives.Tests.Transactions;

/// <summary>A transaction in a form that shrinks well, and its encoding by the definition.</summary>
public sealed record TransactionSpec(
    byte Kind,
    bool Creates,
    ulong Nonce,
    ulong GasLimit,
    WordSpec Chain,
    WordSpec Fee,
    WordSpec Tip,
    WordSpec To,
    WordSpec Value,
    byte[] Data,
    AccessSpec[] Access,
    WordSpec BlobFee,
    WordSpec[] Hashes,
    AuthorizationSpec[] Authorizations,
    WordSpec V,
    WordSpec R,
    WordSpec S)
{
    public TransactionType Type => (TransactionType)(Kind % 5);

    private bool HasReceiver => !Creates || Type >= TransactionType.Blob;

    public Transaction Transaction
    {
        get
        {
            bool typed = Type != TransactionType.Legacy;
            bool hasTip = Type >= TransactionType.DynamicFee;
            UInt256 v = V.Value;
            return new Transaction
            {
                Type = Type,
                ChainId = typed ? Chain.Value : v < (UInt256)35u ? null : unchecked(v - 35u) >> 1,
                Nonce = Nonce,
                GasLimit = GasLimit,
                MaxFeePerGas = Fee.Value,
                MaxPriorityFeePerGas = hasTip ? Tip.Value : Fee.Value,
                To = HasReceiver ? Address.FromWord(To.Value) : null,
                Value = Value.Value,
                Data = Data,
                AccessList = typed ? [.. Access.Select(static entry => entry.Entry)] : [],
                MaxFeePerBlobGas = Type == TransactionType.Blob ? BlobFee.Value : UInt256.Zero,
                BlobVersionedHashes = Type == TransactionType.Blob
                    ? [.. Hashes.Select(static hash => Hash256.FromWord(hash.Value))]
                    : [],
                AuthorizationList = Type == TransactionType.SetCode
                    ? [.. Authorizations.Select(static authorization => authorization.Authorization)]
                    : [],
                Signature = new TransactionSignature(v, R.Value, S.Value),
            };
        }
    }

    public byte[] Encoding
    {
        get
        {
            List<NaiveRlp> call =
            [
                NaiveRlp.Number(GasLimit),
                HasReceiver ? NaiveRlp.String(AccessSpec.Padded(To.Value)[12..]) : NaiveRlp.String(),
                Value.Rlp,
                NaiveRlp.String(Data),
            ];
            List<NaiveRlp> signature = [V.Rlp, R.Rlp, S.Rlp];
            if (Type == TransactionType.Legacy)
            {
                return NaiveRlp.List([NaiveRlp.Number(Nonce), Fee.Rlp, .. call, .. signature]).Encode();
            }

            List<NaiveRlp> fees = Type == TransactionType.AccessList ? [Fee.Rlp] : [Tip.Rlp, Fee.Rlp];
            NaiveRlp access = NaiveRlp.List(Access.Select(static entry => entry.Rlp));
            List<NaiveRlp> own = Type switch
            {
                TransactionType.Blob =>
                [
                    BlobFee.Rlp,
                    NaiveRlp.List(Hashes.Select(static hash => NaiveRlp.String(AccessSpec.Padded(hash.Value)))),
                ],
                TransactionType.SetCode => [NaiveRlp.List(Authorizations.Select(static one => one.Rlp))],
                _ => [],
            };
            NaiveRlp payload = NaiveRlp.List(
                [Chain.Rlp, NaiveRlp.Number(Nonce), .. fees, .. call, access, .. own, .. signature]);
            return [(byte)Type, .. payload.Encode()];
        }
    }
}
