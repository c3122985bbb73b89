using Koinon.Node.Forking;
using Koinon.Rpc.Development.Life;
using Koinon.Rpc.Dispatch;

namespace Koinon.Node.Development;

/// <summary>What a reset makes of a chain's fork.</summary>
internal static class ForkChange
{
    /// <summary>The fork that is wanted: the options of the present one where it stays.</summary>
    /// <param name="present">The remote half; <see langword="null"/> where the chain is its own.</param>
    /// <param name="first">The fork that the node was started with, whose ways of asking and keeping stand.</param>
    /// <param name="request">What the caller says.</param>
    /// <returns>The options; <see langword="null"/> for a chain of its own.</returns>
    public static RpcResult<ForkOptions?> Of(ForkedChain? present, ForkOptions? first, ResetRequest request)
    {
        if (!request.ForksAgain)
        {
            return (ForkOptions?)null;
        }

        Uri? address = null;
        if (request.ForkUrl is { } url
            && (!Uri.TryCreate(url, UriKind.Absolute, out address) || address.Scheme is not ("http" or "https")))
        {
            return RpcError.InvalidParameters(
                $"invalid argument 0: jsonRpcUrl {url} is not an address of HTTP, such as http://127.0.0.1:8545");
        }

        ForkOptions? former = present?.Options;
        if (former is null && address is null)
        {
            // Viem sends a `forking` without members wherever it resets: on a chain of its own that is all it means.
            return request.ForkBlock is null
                ? (ForkOptions?)null
                : RpcError.InvalidParameters(
                    "invalid argument 0: this chain is not a fork, and no jsonRpcUrl names one");
        }

        bool isSameNode = address is null || address == present?.Endpoint;
        bool isSameBlock = request.ForkBlock is { } block
            ? former is { Transaction: null } && present!.Header.Number == block
            : former is { BlockNumber: >= 0 } or { Transaction: not null } && address is null;
        if (isSameNode && isSameBlock)
        {
            return former;
        }

        ForkOptions? pattern = former ?? first;
        RemoteOptions remote = pattern?.Remote ?? new RemoteOptions
        {
            Endpoints = [address!],
            UnitsPerSecond = address!.IsLoopback ? null : RemoteOptions.DefaultUnitsPerSecond,
        };
        if (address is not null)
        {
            // Headers hold keys, which are for the one they were given for.
            bool isSameHost = remote.Endpoints[0].Authority == address.Authority;
            remote = remote with { Endpoints = [address], Headers = isSameHost ? remote.Headers : [] };
        }

        return (pattern ?? new ForkOptions { Remote = remote }) with
        {
            Remote = remote,
            BlockNumber = (long?)request.ForkBlock,
            Transaction = null,
            ChainId = isSameNode ? former?.ChainId : null,
        };
    }
}
