using System.CommandLine;
using System.Globalization;
using Koinon.Node.Chains;
using Koinon.Storage;

namespace Koinon.Cli.Commands;

/// <summary>The options that say which chain is meant and what is kept of it; several verbs share them.</summary>
internal sealed class ChainArguments
{
    private const string All = "all";
    private const ulong ProofsDefault = 128;

    /// <summary><c>--datadir</c>.</summary>
    public Option<DirectoryInfo> Directory { get; } = new("--datadir")
    {
        Description = "The data directory: it holds one chain, and one process at a time has it.",
        HelpName = "DIR",
        Required = true,
    };

    /// <summary><c>--genesis</c>.</summary>
    public Option<FileInfo?> Genesis { get; } = new("--genesis")
    {
        Description = "The genesis, in geth's form; needed once, the data directory keeps a copy.",
        HelpName = "FILE",
    };

    /// <summary><c>--network</c>.</summary>
    public Option<string?> Network { get; } = new("--network")
    {
        Description = "A public network whose rules hold: mainnet, sepolia, holesky or hoodi; --genesis gives its "
            + "first state.",
        HelpName = "NAME",
    };

    /// <summary><c>--seal</c>.</summary>
    public Option<string> Seal { get; } = new("--seal")
    {
        Description = "Whether seals of proof of work are checked: ethash, or none for chains of tests.",
        HelpName = "ethash|none",
        DefaultValueFactory = static _ => "ethash",
    };

    /// <summary><c>--history</c>.</summary>
    public Option<string> History { get; } = new("--history")
    {
        Description = "Of how many blocks below the head states are kept.",
        HelpName = "all|N",
        DefaultValueFactory = static _ => All,
    };

    /// <summary><c>--proof-history</c>.</summary>
    public Option<string> ProofHistory { get; } = new("--proof-history")
    {
        Description = "Of how many blocks below the head proofs can be made.",
        HelpName = "all|N",
        DefaultValueFactory = static _ => ProofsDefault.ToString(CultureInfo.InvariantCulture),
    };

    /// <summary><c>--keep-blocks</c>.</summary>
    public Option<string> KeepBlocks { get; } = new("--keep-blocks")
    {
        Description = "How many blocks below the head are kept whole, with receipts and logs.",
        HelpName = "all|N",
        DefaultValueFactory = static _ => All,
    };

    /// <summary><c>--durability</c>.</summary>
    public Option<string> Durability { get; } = new("--durability")
    {
        Description = "What a power cut may cost: full, nothing that was announced; normal, the newest block.",
        HelpName = "full|normal",
        DefaultValueFactory = static _ => "full",
    };

    /// <summary>Refuses values that an option does not take.</summary>
    public ChainArguments()
    {
        Seal.AcceptOnlyFromAmong("ethash", "none");
        Durability.AcceptOnlyFromAmong("full", "normal");
        foreach (Option<string> window in (Option<string>[])[History, ProofHistory, KeepBlocks])
        {
            window.Validators.Add(result =>
            {
                string value = result.GetValueOrDefault<string>() ?? "";
                if (value != All && !TryParse(value, out _))
                {
                    result.AddError($"{window.Name} takes '{All}' or a number of blocks, not '{value}'.");
                }
            });
        }
    }

    /// <summary>What they say together.</summary>
    public ChainOptions Read(ParseResult arguments) => new()
    {
        Directory = arguments.GetValue(Directory)!.FullName,
        GenesisFile = arguments.GetValue(Genesis)?.FullName,
        Network = arguments.GetValue(Network),
        Seal = arguments.GetValue(Seal) == "none" ? SealChecking.None : SealChecking.Ethash,
        History = Window(arguments.GetValue(History)),
        ProofHistory = Window(arguments.GetValue(ProofHistory) ?? $"{ProofsDefault}"),
        KeepBlocks = Window(arguments.GetValue(KeepBlocks)),
        Durability = arguments.GetValue(Durability) == "normal" ? LmdbDurability.Normal : LmdbDurability.Full,
    };

    private static ulong? Window(string? text) =>
        text is null or All ? null : TryParse(text, out ulong blocks) ? blocks : null;

    private static bool TryParse(string text, out ulong blocks) =>
        ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out blocks);
}
