using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;
using Koinon.Node.Development;
using Koinon.Primitives;
using Koinon.Rpc.Development.Manners;

namespace Koinon.Cli.Commands;

/// <summary>What the chain of <c>koinon dev</c> is like.</summary>
internal sealed class DevChainOptions : IDevOptions
{
    private const ulong HardhatGasLimit = 60_000_000;
    private const ulong AnvilGasLimit = 30_000_000;
    private const ulong GasLimitMin = 21_000;

    /// <summary>No block comes near it, and no sum of it leaves 64 bits.</summary>
    private const ulong UnboundedGasLimit = 1UL << 50;

    /// <summary>The cap of EIP-7825.</summary>
    private const ulong TransactionGasCap = 16_777_216;

    private static readonly Address HardhatCoinbase = Address.Parse("0xc014ba5ec014ba5ec014ba5ec014ba5ec014ba5e");

    private readonly Option<string> _compat = new("--compat")
    {
        Description = "Whose manners the chain has where they differ, anvil's or hardhat's: the answer of a send that "
            + "reverts, units, results, texts of errors, defaults. docs/moving-from-anvil-or-hardhat.md has the list.",
        HelpName = "anvil|hardhat",
        DefaultValueFactory = static _ => "anvil",
    };

    private readonly Option<string> _project = new("--project")
    {
        Description = "The directory of a Hardhat project: under --compat hardhat the artifacts of its contracts give "
            + "custom errors their names, in the texts of reverts.",
        HelpName = "PATH",
        DefaultValueFactory = static _ => ".",
    };

    private readonly Option<string?> _client = new("--client-version")
    {
        Description = "What web3_clientVersion says in place of the manner's text.",
        HelpName = "TEXT",
    };

    private readonly Option<string> _chainId = new("--chain-id", "--chain")
    {
        Description = "The number that transactions are signed for; random makes wallets forget earlier runs.",
        HelpName = "NUMBER|random",
        DefaultValueFactory = static _ => "31337",
    };

    private readonly Option<string?> _hardfork = new("--hardfork")
    {
        Description = "The fork whose rules hold, by its name in any case; the newest where it is left out.",
        HelpName = "NAME",
    };

    private readonly Option<FileInfo?> _genesis = new("--init")
    {
        Description = "A genesis in geth's form to begin with; its accounts may carry a privateKey.",
        HelpName = "FILE",
    };

    private readonly Option<ulong?> _timestamp = new("--timestamp")
    {
        Description = "The time of the genesis, in seconds since 1970; now where it is left out.",
    };

    private readonly Option<ulong> _number = new("--number")
    {
        Description = "The number of the genesis.",
    };

    private readonly Option<ulong?> _gasLimit = new("--gas-limit")
    {
        Description = "The gas that a block's transactions may use together: 30000000, or 60000000 under --compat "
            + "hardhat.",
    };

    private readonly Option<bool> _noGasLimit = new("--disable-block-gas-limit")
    {
        Description = "Let a block's transactions use any gas.",
    };

    private readonly Option<bool> _gasCap = new("--enable-tx-gas-limit", "--tx-gas-limit")
    {
        Description = "Let a transaction use 16777216 gas at most (EIP-7825).",
    };

    private readonly Option<int?> _codeSize = new("--code-size-limit")
    {
        Description = "The longest code of a contract in bytes; the fork's where it is left out.",
        HelpName = "BYTES",
    };

    private readonly Option<bool> _noCodeSize = new("--disable-code-size-limit")
    {
        Description = "Let contracts have code of any length.",
    };

    private readonly Option<ulong> _baseFee = new("--base-fee", "--block-base-fee-per-gas")
    {
        Description = "The base fee of the genesis, in wei; in anvil's manner that of the first block too.",
        DefaultValueFactory = static _ => 1_000_000_000,
    };

    private readonly Option<string?> _coinbase = new("--coinbase")
    {
        Description = "Who receives the fees of blocks; the zero address where it is left out, Hardhat's own under "
            + "--compat hardhat.",
        HelpName = "ADDRESS",
    };

    private readonly Option<bool> _noDeployer = new("--disable-default-create2-deployer", "--no-create2")
    {
        Description = "Leave out the factory of contracts at 0x4e59b44847b379578588920ca78fbf26c0b4956c.",
    };

    private readonly Option<ulong> _slots = new("--slots-in-an-epoch")
    {
        Description = "How many blocks the safe block is behind the head; the finalized one is twice as many. 0 has "
            + "both follow the head.",
        DefaultValueFactory = static _ => 32,
    };

    /// <inheritdoc/>
    public IReadOnlyList<Option> All =>
    [
        _compat, _project, _client, _chainId, _hardfork, _genesis, _timestamp, _number, _gasLimit, _noGasLimit, _gasCap,
        _codeSize, _noCodeSize, _baseFee, _coinbase, _noDeployer, _slots,
    ];

    /// <inheritdoc/>
    public DevelopmentOptions Apply(ParseResult arguments, DevelopmentOptions options, out string? error)
    {
        if (!TryReadManner(arguments, out Manner manner, out error)
            || !TryReadChainId(arguments, out ulong chainId, out error)
            || !TryReadCoinbase(arguments, manner, out Address coinbase, out error)
            || !TryReadGenesis(arguments, out ReadOnlyMemory<byte>? genesis, out error))
        {
            return options;
        }

        error = arguments.GetValue(_gasLimit) is < GasLimitMin
                ? $"--gas-limit {arguments.GetValue(_gasLimit)} is out of range: from {GasLimitMin}, a transfer's"
            : arguments.GetValue(_codeSize) is < 0
                ? $"--code-size-limit {arguments.GetValue(_codeSize)} is out of range: from 0"
            : null;
        if (error is not null)
        {
            return options;
        }

        return options with
        {
            Manner = manner,
            ProjectDirectory = arguments.GetValue(_project) ?? ".",
            ClientVersion = arguments.GetValue(_client),
            ChainId = chainId,
            Hardfork = arguments.GetValue(_hardfork) is { } named and not "latest" ? named : null,
            Genesis = genesis,
            Timestamp = arguments.GetValue(_timestamp),
            GenesisNumber = arguments.GetValue(_number),
            GasLimit = arguments.GetValue(_noGasLimit) ? UnboundedGasLimit
                : arguments.GetValue(_gasLimit) ?? (manner == Manner.Hardhat ? HardhatGasLimit : AnvilGasLimit),
            TransactionGasMax = arguments.GetValue(_gasCap) ? TransactionGasCap : null,
            CodeSizeMax = arguments.GetValue(_noCodeSize) ? int.MaxValue : arguments.GetValue(_codeSize),
            BaseFee = arguments.GetValue(_baseFee),
            Coinbase = coinbase,
            HasCreate2Deployer = !arguments.GetValue(_noDeployer),
            SlotsInAnEpoch = arguments.GetValue(_slots),
        };
    }

    private bool TryReadManner(ParseResult arguments, out Manner manner, out string? error)
    {
        string text = arguments.GetValue(_compat)!;
        manner = text == "hardhat" ? Manner.Hardhat : Manner.Anvil;
        error = text is "anvil" or "hardhat" ? null : $"--compat {text} is not known: anvil or hardhat";
        return error is null;
    }

    private bool TryReadChainId(ParseResult arguments, out ulong chainId, out string? error)
    {
        string text = arguments.GetValue(_chainId)!;
        error = null;
        if (text == "random")
        {
            // Below 2^31, as wallets take it, and above the numbers of known chains.
            chainId = (ulong)RandomNumberGenerator.GetInt32(1 << 24, int.MaxValue);
            return true;
        }

        bool isRead = ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out chainId) && chainId > 0;
        error = isRead ? null : $"--chain-id {text} is not a number above 0, and not the word random";
        return isRead;
    }

    private bool TryReadCoinbase(ParseResult arguments, Manner manner, out Address coinbase, out string? error)
    {
        coinbase = manner == Manner.Hardhat ? HardhatCoinbase : Address.Zero;
        string? text = arguments.GetValue(_coinbase);
        error = text is null || Address.TryParse(text, out coinbase)
            ? null
            : $"--coinbase {text} is not an address: 40 hex digits after 0x are expected";
        return error is null;
    }

    private bool TryReadGenesis(ParseResult arguments, out ReadOnlyMemory<byte>? genesis, out string? error)
    {
        genesis = null;
        error = null;
        if (arguments.GetValue(_genesis) is not { } file)
        {
            return true;
        }

        try
        {
            genesis = File.ReadAllBytes(file.FullName);
        }
        catch (IOException reason)
        {
            error = $"--init {file}: {reason.Message}";
        }
        catch (UnauthorizedAccessException reason)
        {
            error = $"--init {file}: {reason.Message}";
        }

        return error is null;
    }
}
