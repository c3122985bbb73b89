using System.CommandLine;
using System.Globalization;
using Koinon.Keys;
using Koinon.Node.Development;
using Koinon.Primitives;
using Koinon.Rpc.Development.Manners;

namespace Koinon.Cli.Commands;

/// <summary>The accounts of <c>koinon dev</c>.</summary>
internal sealed class DevAccountOptions : IDevOptions
{
    private const int AccountsMax = 1000;
    private const int HardhatAccounts = 20;
    private const int AnvilAccounts = 10;
    private const ulong WeiPerEther = 1_000_000_000_000_000_000;

    private readonly Option<int?> _accounts = new("--accounts", "-a")
    {
        Description = "How many accounts have ether at the start: 10, or 20 under --compat hardhat.",
    };

    private readonly Option<ulong> _balance = new("--balance")
    {
        Description = "What each of them has, in ether.",
        DefaultValueFactory = static _ => 10_000,
    };

    private readonly Option<string> _mnemonic = new("--mnemonic", "-m")
    {
        Description = "The phrase that their keys are derived from (BIP-39).",
        DefaultValueFactory = static _ => DevelopmentKeys.Phrase,
    };

    private readonly Option<int?> _random = new("--mnemonic-random")
    {
        Description = "Derive them from a new phrase of so many words; 12 where no number is named.",
        HelpName = "WORDS",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<ulong?> _seed = new("--mnemonic-seed-unsafe")
    {
        Description = "Derive them from a phrase that follows from a number: the same in every run.",
    };

    private readonly Option<string> _path = new("--derivation-path")
    {
        Description = "Where they stand under the phrase (BIP-44); the number of each follows.",
        DefaultValueFactory = static _ => DevelopmentKeys.Path,
    };

    private readonly Option<string[]> _funded = new("--fund-accounts")
    {
        Description = "Other accounts that have ether at the start, as ADDRESS or ADDRESS:ETHER.",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<ulong> _impersonated = new("--impersonated-balance")
    {
        Description = "What an account has at least once it is impersonated, in ether: for the gas it pays.",
    };

    /// <summary>The phrase that the keys came from.</summary>
    public string Phrase { get; private set; } = DevelopmentKeys.Phrase;

    /// <summary>Where they stand under it.</summary>
    public string PathOf(ParseResult arguments) => arguments.GetValue(_path)!;

    /// <inheritdoc/>
    public IReadOnlyList<Option> All =>
        [_accounts, _balance, _mnemonic, _random, _seed, _path, _funded, _impersonated];

    /// <inheritdoc/>
    public DevelopmentOptions Apply(ParseResult arguments, DevelopmentOptions options, out string? error)
    {
        int accounts = arguments.GetValue(_accounts)
            ?? (options.Manner == Manner.Hardhat ? HardhatAccounts : AnvilAccounts);
        if (accounts is < 0 or > AccountsMax)
        {
            error = $"--accounts {accounts} is out of range: 0 to {AccountsMax}";
            return options;
        }

        if (!TryReadPhrase(arguments, out error)
            || !TryReadFunded(arguments, out Dictionary<Address, UInt256> funded, out error))
        {
            return options;
        }

        if (!DevelopmentKeys.TryDerive(
            Phrase, arguments.GetValue(_path)!, accounts, out IReadOnlyList<ReadOnlyMemory<byte>>? keys, out error))
        {
            bool isPath = error.Contains("path", StringComparison.Ordinal);
            error = $"{(isPath ? "--derivation-path" : "--mnemonic")}: {error}";
            return options;
        }

        return options with
        {
            SecretKeys = options.Genesis is { } genesis ? [.. keys, .. DevelopmentKeys.OfGenesis(genesis)] : keys,
            Balance = (UInt256)arguments.GetValue(_balance) * WeiPerEther,
            Funded = funded,
            ImpersonatedBalance = (UInt256)arguments.GetValue(_impersonated) * WeiPerEther,
        };
    }

    private bool TryReadPhrase(ParseResult arguments, out string? error)
    {
        error = null;
        Phrase = arguments.GetValue(_mnemonic)!;
        if (arguments.GetValue(_seed) is { } seed)
        {
            Hash256 digest = Hash256.Keccak(BitConverter.GetBytes(seed));
            Mnemonic.TryFromEntropy(Hash256.AsSpan(in digest)[..16], out Mnemonic? known, out _);
            using (known)
            {
                Phrase = known!.ToPhrase();
            }
        }
        else if (arguments.GetResult(_random) is { Implicit: false })
        {
            int words = arguments.GetValue(_random) ?? 12;
            if (words is not (12 or 15 or 18 or 21 or 24))
            {
                error = $"--mnemonic-random {words} is no length of a phrase: 12, 15, 18, 21 or 24";
                return false;
            }

            using Mnemonic made = Mnemonic.Generate(words);
            Phrase = made.ToPhrase();
        }

        return true;
    }

    private bool TryReadFunded(ParseResult arguments, out Dictionary<Address, UInt256> funded, out string? error)
    {
        funded = [];
        error = null;
        UInt256 usual = (UInt256)arguments.GetValue(_balance) * WeiPerEther;
        foreach (string text in arguments.GetValue(_funded) ?? [])
        {
            string[] parts = text.Split(':');
            ulong ether = 0;
            if (parts.Length > 2
                || !Address.TryParse(parts[0], out Address account)
                || (parts.Length == 2 && !ulong.TryParse(parts[1], CultureInfo.InvariantCulture, out ether)))
            {
                error = $"--fund-accounts {text} is not ADDRESS or ADDRESS:ETHER";
                return false;
            }

            funded[account] = parts.Length == 2 ? (UInt256)ether * WeiPerEther : usual;
        }

        return true;
    }
}
