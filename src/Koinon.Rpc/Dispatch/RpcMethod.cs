using System.Text.Json;

namespace Koinon.Rpc.Dispatch;

/// <summary>
/// A JSON-RPC method: what the dispatcher, the list of methods and the permission of a namespace see of it.
/// </summary>
/// <remarks>Any number of requests may be in a method at once.</remarks>
public abstract class RpcMethod
{
    /// <summary>The name on the wire, such as <c>eth_getBalance</c>.</summary>
    public abstract string Name { get; }

    /// <summary>Other names that mean the same, such as <c>hardhat_mine</c> for <c>anvil_mine</c>.</summary>
    public virtual IReadOnlyList<string> Aliases => [];

    /// <summary>The part of the name before the underscore.</summary>
    public string Namespace => Name[..Name.IndexOf('_', StringComparison.Ordinal)];

    /// <summary>Reads the parameters, runs the method and writes the result's JSON value.</summary>
    /// <param name="parameters">The array of parameters, or nothing.</param>
    /// <param name="result">Where the value goes; untouched where an error is returned.</param>
    /// <param name="cancellation">Ends when the caller has gone.</param>
    /// <returns>The error, or <see langword="null"/>.</returns>
    internal abstract ValueTask<RpcError?> InvokeAsync(
        JsonElement parameters, Utf8JsonWriter result, CancellationToken cancellation);
}
