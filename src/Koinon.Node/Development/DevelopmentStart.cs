using Koinon.Chain;
using Koinon.Node.Development.States;
using Koinon.Node.Forking;
using Koinon.Primitives;

namespace Koinon.Node.Development;

/// <summary>What a development chain begins with.</summary>
/// <param name="Impersonation">Whose transactions need no signature.</param>
/// <param name="Wallet">The accounts whose keys are held.</param>
/// <param name="Genesis">The first block, its state and the rules.</param>
/// <param name="Fork">The remote half; <see langword="null"/> where the chain is its own.</param>
internal sealed record DevelopmentStart(
    Impersonation Impersonation, DevelopmentWallet Wallet, Genesis Genesis, ForkedChain? Fork)
{
    /// <summary>Makes it; of a fork the remote is asked for the fork block.</summary>
    /// <param name="options">What the chain is to be like.</param>
    /// <param name="file">A state to begin with, where it is not a fork.</param>
    /// <param name="time">Says what time it is.</param>
    /// <param name="cancellation">Ends the wait for the remote.</param>
    /// <exception cref="DevelopmentOptionException">An option cannot be used.</exception>
    /// <exception cref="ForkException">The remote cannot be forked from.</exception>
    internal static async Task<DevelopmentStart> FindAsync(
        DevelopmentOptions options, StateFile? file, TimeProvider time, CancellationToken cancellation)
    {
        Impersonation impersonation = new(options.ImpersonatesAll);
        DevelopmentWallet wallet = new(options.SecretKeys, impersonation, options.Manner);
        if (options.Fork is not { } wanted)
        {
            Genesis usual = DevelopmentGenesis.Create(options, wallet.Own, impersonation, time);
            return new DevelopmentStart(
                impersonation, wallet, file is null ? usual : StateFileStart.GenesisOf(file, usual), Fork: null);
        }

        ForkedChain fork = await ForkedChain.OpenAsync(
            wanted with { Hardfork = options.Hardfork }, time, cancellation).ConfigureAwait(false);
        try
        {
            List<(Address, UInt256)> funded = [.. wallet.Own.Select(account => (account, options.Balance))];
            funded.AddRange(options.Funded.Select(static pair => (pair.Key, pair.Value)));
            Genesis genesis = await fork.BeginAsync(
                wanted.SignedFor ?? fork.SourceChainId, funded, options.Coinbase, cancellation).ConfigureAwait(false);
            return new DevelopmentStart(
                impersonation, wallet, DevelopmentGenesis.WithVariant(genesis, options, impersonation), fork);
        }
        catch
        {
            fork.Dispose();
            throw;
        }
    }
}
