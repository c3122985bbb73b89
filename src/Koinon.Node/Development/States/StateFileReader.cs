using System.IO.Compression;
using System.Text.Json;
using Koinon.Primitives;
using Koinon.Primitives.Blocks;
using Koinon.Primitives.State;

namespace Koinon.Node.Development.States;

/// <summary>Reads state files of anvil, of every version, and of Koinon; packed by gzip or plain.</summary>
/// <remarks>
/// Numbers may be JSON numbers, hex or decimal texts; storage keys and values may be short; anything but accounts may
/// be missing. What is not known is passed over.
/// </remarks>
internal sealed class StateFileReader
{
    /// <summary>The member that holds the whole chain.</summary>
    public const string History = "koinon_history";

    private readonly JsonTokens _tokens;
    private readonly StateFile _file = new();

    private StateFileReader(Stream input) => _tokens = new JsonTokens(input);

    /// <summary>Reads a file.</summary>
    /// <exception cref="StateFileException">It cannot be read.</exception>
    public static StateFile Read(Stream input)
    {
        Stream peeked = new BufferedStream(input);
        int first = peeked.ReadByte();
        int second = peeked.ReadByte();
        Stream whole = new PrefixedStream(first, second, peeked);
        try
        {
            return first == 0x1f && second == 0x8b
                ? new StateFileReader(new GZipStream(whole, CompressionMode.Decompress)).ReadAll()
                : new StateFileReader(whole).ReadAll();
        }
        catch (InvalidDataException reason)
        {
            throw new StateFileException($"it cannot be unpacked: {reason.Message}");
        }
    }

    private StateFile ReadAll()
    {
        _tokens.Expect(JsonTokenType.StartObject);
        bool hasAccounts = false;
        while (NextName() is { } name)
        {
            switch (name)
            {
                case "accounts":
                    ReadAccounts(_file.Accounts);
                    hasAccounts = true;
                    break;
                case "block":
                    ReadBlock();
                    break;
                case "best_block_number":
                    _file.BestBlockNumber = ReadOptionalNumber("best_block_number");
                    break;
                case History:
                    ReadHistory();
                    break;
                default:
                    _tokens.Skip();
                    break;
            }
        }

        return hasAccounts ? _file : throw new StateFileException("accounts is missing");
    }

    private void ReadHistory()
    {
        _tokens.Expect(JsonTokenType.StartArray);
        while (_tokens.Read() && _tokens.Kind == JsonTokenType.StartObject)
        {
            Block? block = null;
            List<Receipt> receipts = [];
            StateChanges changes = new();
            while (NextName() is { } name)
            {
                switch (name)
                {
                    case "block":
                        block = ReadBlockBody();
                        break;
                    case "receipts":
                        ReadReceipts(receipts);
                        break;
                    case "changes":
                        ReadAccounts(changes);
                        break;
                    default:
                        _tokens.Skip();
                        break;
                }
            }

            _file.History.Add(new HistoryBlock(
                block ?? throw new StateFileException($"{History}: block is missing"), receipts, changes));
        }
    }

    private Block ReadBlockBody()
    {
        _tokens.Read();
        return Hex.TryDecode(_tokens.Text, out byte[] bytes) && Block.TryDecode(bytes, out Block? block, out _)
            ? block
            : throw new StateFileException($"{History}: block is not the encoding of a block");
    }

    private void ReadReceipts(List<Receipt> receipts)
    {
        _tokens.Expect(JsonTokenType.StartArray);
        while (_tokens.Read() && _tokens.Kind == JsonTokenType.String)
        {
            receipts.Add(
                Hex.TryDecode(_tokens.Text, out byte[] bytes) && Receipt.TryDecode(bytes, out Receipt? receipt, out _)
                    ? receipt
                    : throw new StateFileException($"{History}: receipts holds what is no receipt"));
        }
    }

    private void ReadAccounts(StateChanges into)
    {
        _tokens.Expect(JsonTokenType.StartObject);
        while (NextName() is { } name)
        {
            if (!Address.TryParse(name, out Address address))
            {
                throw new StateFileException($"accounts: {name} is not an address");
            }

            ReadAccount(address, into);
        }
    }

    private void ReadAccount(in Address address, StateChanges into)
    {
        AccountChange change = into.Of(address);
        _tokens.Read();
        if (_tokens.Kind == JsonTokenType.Null)
        {
            return;
        }

        if (_tokens.Kind != JsonTokenType.StartObject)
        {
            throw new StateFileException($"accounts: {address} is not an object");
        }

        ulong nonce = 0;
        UInt256 balance = UInt256.Zero;
        Hash256 codeHash = Account.NoCode;
        while (NextName() is { } name)
        {
            switch (name)
            {
                case "nonce":
                    nonce = ReadNumber(name);
                    break;
                case "balance":
                    balance = ReadWord(name);
                    break;
                case "code":
                    codeHash = ReadCode(into);
                    break;
                case "codeHash":
                    codeHash = Hash256.FromWord(ReadWord(name));
                    break;
                case "wiped":
                    _tokens.Read();
                    change.StorageWiped = _tokens.Kind == JsonTokenType.True;
                    break;
                case "storage":
                    ReadStorage(change);
                    break;
                default:
                    _tokens.Skip();
                    break;
            }
        }

        change.Account = new Account(nonce, balance, codeHash);
    }

    private Hash256 ReadCode(StateChanges into)
    {
        _tokens.Read();
        if (_tokens.Kind == JsonTokenType.Null)
        {
            return Account.NoCode;
        }

        string text = _tokens.Text.StartsWith("0x", StringComparison.OrdinalIgnoreCase)
            ? _tokens.Text
            : "0x" + _tokens.Text;
        if (_tokens.Kind != JsonTokenType.String || !Hex.TryDecode(text, out byte[] code))
        {
            throw new StateFileException("code: hex digits are expected");
        }

        Hash256 hash = Hash256.Keccak(code);
        if (code.Length > 0)
        {
            into.Codes[hash] = code;
        }

        return hash;
    }

    private void ReadStorage(AccountChange change)
    {
        _tokens.Read();
        if (_tokens.Kind != JsonTokenType.StartObject)
        {
            return;
        }

        while (NextName() is { } name)
        {
            if (!UInt256.TryParse(name, out UInt256 slot))
            {
                throw new StateFileException($"storage: {name} is not a slot");
            }

            change.Slots[slot] = ReadWord(name);
        }
    }

    private void ReadBlock()
    {
        _tokens.Read();
        if (_tokens.Kind != JsonTokenType.StartObject)
        {
            return;
        }

        StateFileBlock block = new();
        while (NextName() is { } name)
        {
            block = name switch
            {
                "number" => block with { Number = ReadNumber(name) },
                "timestamp" => block with { Timestamp = ReadNumber(name) },
                "basefee" => block with { BaseFee = ReadWord(name) },
                "gas_limit" => block with { GasLimit = ReadNumber(name) },
                _ => PassOver(block),
            };
        }

        _file.Block = block;
    }

    private StateFileBlock PassOver(StateFileBlock block)
    {
        _tokens.Skip();
        return block;
    }

    private ulong? ReadOptionalNumber(string name)
    {
        _tokens.Read();
        return _tokens.Kind == JsonTokenType.Null ? null : NumberOf(name);
    }

    private ulong ReadNumber(string name)
    {
        _tokens.Read();
        return NumberOf(name);
    }

    private ulong NumberOf(string name)
    {
        UInt256 word = WordOf(name);

        // Gas limits without a bound are written as the greatest number there is.
        return word.IsUInt64 ? word.U0 : ulong.MaxValue;
    }

    private UInt256 ReadWord(string name)
    {
        _tokens.Read();
        return WordOf(name);
    }

    private UInt256 WordOf(string name) =>
        _tokens.Kind is JsonTokenType.String or JsonTokenType.Number && UInt256.TryParse(_tokens.Text, out UInt256 word)
            ? word
            : throw new StateFileException(
                $"{name}: a number of up to 256 bits is expected, {_tokens.Text} stands there");

    /// <summary>The name of the next member; <see langword="null"/> at the end of the object.</summary>
    private string? NextName()
    {
        if (!_tokens.Read())
        {
            throw new StateFileException("the file ends too early");
        }

        return _tokens.Kind == JsonTokenType.PropertyName ? _tokens.Text : null;
    }
}
