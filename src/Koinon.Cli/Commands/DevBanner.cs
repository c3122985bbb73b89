using Koinon.Node.Development;
using Koinon.Node.Forking;
using Koinon.Primitives;
using Koinon.Primitives.Blocks;
using Koinon.Rpc.Development.Manners;
using Koinon.Rpc.Eth;

namespace Koinon.Cli.Commands;

/// <summary>
/// What a development chain prints when it starts: anvil's sections in anvil's order, since tools read them.
/// </summary>
/// <param name="options">What the chain was asked to be.</param>
/// <param name="mnemonic">The phrase of its keys.</param>
/// <param name="path">Where the accounts stand under it.</param>
internal sealed class DevBanner(DevelopmentOptions options, string mnemonic, string path)
{
    private const string Rule = "==================";

    /// <summary>Prints every section but the last line.</summary>
    public void Write(TextWriter output, DevelopmentNode node)
    {
        BlockHeader genesis = node.Ledger.GenesisBlock.Header;
        output.WriteLine($"Koinon {typeof(DevBanner).Assembly.GetName().Version?.ToString(3)}");
        string place = options.DataDirectory is { } directory ? $"kept in {directory}" : "in memory";
        output.WriteLine($"A development chain {place}: its keys are public, send it nothing of worth.");
        Section(output, "Available Accounts");
        string ether = Ether(options.Balance);
        for (int number = 0; number < node.Wallet.Own.Count; number++)
        {
            output.WriteLine($"({number}) {node.Wallet.Own[number].ToChecksumString()} ({ether} ETH)");
        }

        Section(output, "Private Keys");
        for (int number = 0; number < options.SecretKeys.Count; number++)
        {
            output.WriteLine($"({number}) {Hex.Encode(options.SecretKeys[number].Span)}");
        }

        Section(output, "Wallet");
        output.WriteLine($"Mnemonic:          {mnemonic}");
        output.WriteLine($"Derivation path:   {path}");
        if (node.Fork is { } fork)
        {
            WriteFork(output, fork, node.Ledger.Genesis.Network.ChainId);
        }
        else
        {
            Section(output, "Chain ID");
            output.WriteLine(node.Ledger.Genesis.Network.ChainId);
        }

        Section(output, "Base Fee");
        output.WriteLine(BaseFeeOf(options, node));
        Section(output, "Gas Limit");
        output.WriteLine(genesis.GasLimit);
        Section(output, "Genesis Timestamp");
        output.WriteLine(genesis.Timestamp);
        Section(output, "Genesis Number");
        output.WriteLine(genesis.Number);
        output.WriteLine();
    }

    /// <summary>
    /// What <c>--base-fee</c> names: in anvil's manner the fee of the first block, else that of the genesis.
    /// </summary>
    internal static UInt256 BaseFeeOf(DevelopmentOptions options, DevelopmentNode node) =>
        options.Manner == Manner.Anvil && node.Fork is null
            ? FeeOracle.NextBaseFee(node.Ledger.GenesisBlock)
            : node.Ledger.GenesisBlock.Header.BaseFeePerGas ?? UInt256.Zero;

    private static void WriteFork(TextWriter output, ForkedChain fork, UInt256 chainId)
    {
        Section(output, "Fork");
        output.WriteLine($"Endpoint:       {fork.Endpoint}");
        output.WriteLine($"Block number:   {fork.Header.Number}");
        output.WriteLine($"Block hash:     {fork.Hash}");
        output.WriteLine($"Chain ID:       {chainId}");
        if (fork.Options.Transaction is { } transaction)
        {
            output.WriteLine($"Transaction hash: {transaction}");
        }

        output.WriteLine($"Hardfork:       {fork.Rules}");
        output.WriteLine("State roots:    of local changes only");
        foreach (string warning in fork.Warnings)
        {
            output.WriteLine();
            output.WriteLine($"Note: {warning}");
        }
    }

    private static void Section(TextWriter output, string title)
    {
        output.WriteLine();
        output.WriteLine(title);
        output.WriteLine(Rule);
        output.WriteLine();
    }

    /// <summary>Wei as ether with its 18 decimals.</summary>
    private static string Ether(UInt256 wei)
    {
        UInt256 unit = 1_000_000_000_000_000_000ul;
        return $"{wei / unit}.{(wei % unit).ToString().PadLeft(18, '0')}";
    }
}
