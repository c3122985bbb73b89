using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Koinon.Chain.Forks;
using Koinon.Primitives;
using Koinon.Primitives.Blocks;
using Koinon.Primitives.State;
using Koinon.State;

namespace Koinon.Chain.Networks;

/// <summary>Reads geth's <c>genesis.json</c>.</summary>
internal static class GenesisReader
{
    private static readonly JsonDocumentOptions Options = new()
    {
        AllowTrailingCommas = true,
        CommentHandling = JsonCommentHandling.Skip,
    };

    internal static bool TryRead(
        ReadOnlyMemory<byte> json,
        NetworkParameters? network,
        [NotNullWhen(true)] out Genesis? genesis,
        [NotNullWhen(false)] out GenesisError? error)
    {
        genesis = null;
        GenesisFaults faults = new();
        if (!TryParseDocument(json, faults, out JsonDocument? document))
        {
            error = faults.First!;
            return false;
        }

        using (document)
        {
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                faults.Add(GenesisErrorReason.WrongKind, "", "an object is expected");
            }

            GenesisFields root = new(document.RootElement, "", faults);
            network ??= NetworkReader.Read(root.Object("config", required: true), faults);
            StateChanges alloc = ReadAlloc(root.Object("alloc", required: true), faults);
            HeaderDraft header = ReadHeader(root);
            if (header.Number != 0)
            {
                faults.Add(GenesisErrorReason.OutOfRange, "number", $"{header.Number}: a genesis has the number 0");
            }

            error = faults.First;
            if (error is not null)
            {
                return false;
            }

            genesis = Assemble(network, header, WorldState.Empty.Apply(alloc));
            return true;
        }
    }

    /// <summary>Gives the header the fields of the forks that are active at the genesis, as geth does.</summary>
    private static Genesis Assemble(NetworkParameters network, HeaderDraft header, WorldState state)
    {
        BlockRules rules = new NetworkSchedule(network).At(header.Number, header.Timestamp, UInt256.Zero).Rules;
        header.StateRoot = state.Root;
        header.UnclesHash = BlockHeader.UnclesHashOf([]);
        header.TransactionsRoot = BodyRoots.Empty;
        header.ReceiptsRoot = BodyRoots.Empty;
        header.BaseFeePerGas = rules.BaseFee is { } baseFee ? header.BaseFeePerGas ?? baseFee.Initial : null;
        header.WithdrawalsRoot = rules.HasWithdrawals ? BodyRoots.Empty : null;
        header.BlobGasUsed = rules.Blobs is not null ? header.BlobGasUsed ?? 0 : null;
        header.ExcessBlobGas = rules.Blobs is not null ? header.ExcessBlobGas ?? 0 : null;
        header.ParentBeaconBlockRoot =
            rules.BeaconRootsContract is not null ? header.ParentBeaconBlockRoot ?? Hash256.Zero : null;
        header.RequestsHash = rules.Requests is not null ? ExecutionRequests.None.ComputeHash() : null;
        Block block = new()
        {
            Header = header.ToHeader(),
            Withdrawals = rules.HasWithdrawals ? [] : null,
        };
        return new Genesis(network, block, state);
    }

    private static bool TryParseDocument(
        ReadOnlyMemory<byte> json, GenesisFaults faults, [NotNullWhen(true)] out JsonDocument? document)
    {
        try
        {
            document = JsonDocument.Parse(json, Options);
            return true;
        }
        catch (JsonException failure)
        {
            faults.Add(GenesisErrorReason.NotJson, "", failure.Message);
            document = null;
            return false;
        }
    }

    private static HeaderDraft ReadHeader(GenesisFields root) => new()
    {
        ParentHash = root.Hash("parentHash"),
        Beneficiary = root.Address("coinbase") ?? Address.Zero,
        Difficulty = root.Number("difficulty", required: true) ?? UInt256.Zero,
        Number = root.Number64("number") ?? 0,
        GasLimit = root.Number64("gasLimit", required: true) ?? 0,
        GasUsed = root.Number64("gasUsed") ?? 0,
        Timestamp = root.Number64("timestamp") ?? 0,
        ExtraData = root.Bytes("extraData"),
        MixHash = root.Hash("mixHash"),
        Nonce = root.Number64("nonce") ?? 0,
        BaseFeePerGas = root.Number("baseFeePerGas"),
        BlobGasUsed = root.Number64("blobGasUsed"),
        ExcessBlobGas = root.Number64("excessBlobGas"),
        ParentBeaconBlockRoot = root.Has("parentBeaconBlockRoot") ? root.Hash("parentBeaconBlockRoot") : null,
    };

    private static StateChanges ReadAlloc(GenesisFields alloc, GenesisFaults faults)
    {
        StateChanges changes = new();
        foreach ((string name, GenesisFields fields) in alloc.Objects())
        {
            string where = "alloc." + name;
            if (!GenesisFields.TryDecodeHex(name, out byte[] bytes) || bytes.Length != Address.Size)
            {
                faults.Add(GenesisErrorReason.WrongKind, where, "the name of an account is its address");
                continue;
            }

            Address address = new(bytes);
            if (changes.Accounts.ContainsKey(address))
            {
                faults.Add(GenesisErrorReason.Duplicate, where, "the account stands there twice");
            }

            ReadAccount(fields, where, changes, changes.Of(address), faults);
        }

        return changes;
    }

    private static void ReadAccount(
        GenesisFields fields, string where, StateChanges changes, AccountChange change, GenesisFaults faults)
    {
        byte[] code = fields.Bytes("code");
        Hash256 codeHash = Account.NoCode;
        if (code.Length > 0)
        {
            codeHash = Hash256.Keccak(code);
            changes.Codes[codeHash] = code;
        }

        change.Account = new Account(
            fields.Number64("nonce") ?? 0, fields.Number("balance") ?? UInt256.Zero, codeHash);
        foreach (JsonProperty slot in fields.Object("storage").Properties())
        {
            string at = $"{where}.storage.{slot.Name}";
            if (!TryReadWord(slot.Name, out UInt256 key)
                || slot.Value.ValueKind != JsonValueKind.String
                || !TryReadWord(slot.Value.GetString()!, out UInt256 value))
            {
                faults.Add(GenesisErrorReason.WrongKind, at, "key and value are at most 32 bytes in hexadecimal");
                continue;
            }

            if (!change.Slots.TryAdd(key, value))
            {
                faults.Add(GenesisErrorReason.Duplicate, at, "the slot stands there twice");
            }
        }
    }

    /// <summary>Reads a storage key or value: geth takes fewer digits than 64, also an odd count.</summary>
    private static bool TryReadWord(string text, out UInt256 word)
    {
        ReadOnlySpan<char> digits = text.StartsWith("0x", StringComparison.OrdinalIgnoreCase) ? text.AsSpan(2) : text;
        word = UInt256.Zero;
        return digits.Length <= 2 * UInt256.Size
            && (digits.IsEmpty || UInt256.TryParse(string.Concat("0x", digits), out word));
    }
}
