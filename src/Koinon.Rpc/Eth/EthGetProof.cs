using System.Text.Json;
using Koinon.Chain.Ledger;
using Koinon.Primitives;
using Koinon.Primitives.State;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Json;
using Koinon.Rpc.Requests;
using Koinon.State.Proofs;

namespace Koinon.Rpc.Eth;

/// <summary><c>eth_getProof</c>: an account and some of its slots, with their Merkle proofs (EIP-1186).</summary>
/// <param name="blocks">Finds blocks.</param>
/// <param name="limits">Says how many slots are proved at once.</param>
public sealed class EthGetProof(BlockLookup blocks, RpcLimits limits)
    : RpcQuery<(Address Account, IReadOnlyList<NamedSlot> Slots, BlockReference Block), AccountProofJson>
{
    /// <inheritdoc/>
    public override string Name => "eth_getProof";

    /// <inheritdoc/>
    protected override (Address Account, IReadOnlyList<NamedSlot> Slots, BlockReference Block) Read(
        ref ParameterReader reader) =>
        (reader.Address(), reader.Required(ReadSlots), reader.BlockOrLatest());

    /// <inheritdoc/>
    protected override RpcResult<AccountProofJson> Answer(
        (Address Account, IReadOnlyList<NamedSlot> Slots, BlockReference Block) parameters)
    {
        RpcResult<LedgerBlock> block = blocks.Require(parameters.Block);
        if (block.Error is not null || block.Value!.State is not { } state)
        {
            return block.Error ?? blocks.StateGone(block.Value!);
        }

        if (block.Value.Number < blocks.Ledger.OldestProofKept)
        {
            return RpcError.Server(
                $"proof window: proofs of block {block.Value.Number} are no longer kept, the oldest kept are those of "
                + $"block {blocks.Ledger.OldestProofKept}");
        }

        AccountProof proof = state.Prove(
            parameters.Account, [.. parameters.Slots.Select(static slot => slot.Slot)]);
        Account account = proof.Account ?? Account.Empty;
        return new AccountProofJson
        {
            Address = parameters.Account,
            AccountProof = [.. proof.Nodes.Select(static node => (HexData)node)],
            Balance = account.Balance,
            CodeHash = account.CodeHash,
            Nonce = account.Nonce,
            StorageHash = proof.StorageRoot,
            StorageProof = [.. proof.Storage.Select((slot, index) => new StorageProofJson(
                parameters.Slots[index].Text, slot.Value, [.. slot.Nodes.Select(static node => (HexData)node)]))],
        };
    }

    private (IReadOnlyList<NamedSlot> Value, string? Wrong) ReadSlots(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Array)
        {
            return ([], "not an array of storage keys");
        }

        if (element.GetArrayLength() > limits.SlotsMax)
        {
            return ([], $"too many keys: {element.GetArrayLength()}, at most {limits.SlotsMax} are proved at once");
        }

        List<NamedSlot> slots = new(element.GetArrayLength());
        foreach (JsonElement item in element.EnumerateArray())
        {
            if (JsonValueReader.ReadSlot(item, out UInt256 slot) is { } wrong)
            {
                return (slots, $"[{slots.Count}]: {wrong}");
            }

            // The answer names a slot as the caller did: 32 bytes as they are, shorter ones as a quantity (geth).
            bool isWord = item.ValueKind == JsonValueKind.String && item.GetString()!.Length == 66;
            slots.Add(new NamedSlot(slot, isWord ? Hash256.FromWord(slot).ToString() : $"{slot:x}"));
        }

        return (slots, null);
    }
}
