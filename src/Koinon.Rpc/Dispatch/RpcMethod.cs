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

    /// <summary>
    /// Whether what one caller asks before and after it must be done before and after it: true of everything but
    /// reads.
    /// </summary>
    /// <remarks>Reads of one batch or connection may run at once; their answers keep the order of a batch.</remarks>
    public virtual bool IsOrdered => RpcOrder.IsOrdered(Name);

    /// <summary>The part of the name before the underscore.</summary>
    public string Namespace => Name.IndexOfAny(['_', '.']) is var end and > 0 ? Name[..end] : Name;

    /// <summary>The class whose comment says what the method does: another's, where it stands before another.</summary>
    internal virtual Type Documented => GetType();

    /// <summary>What it takes and gives.</summary>
    internal virtual RpcMethodShape Describe() => new([], [], null);

    /// <summary>Reads the parameters and runs the method.</summary>
    /// <param name="parameters">The array of parameters, or nothing.</param>
    /// <param name="connection">
    /// Where the caller can be told of something later, or <see langword="null"/> where it cannot (HTTP).
    /// </param>
    /// <param name="cancellation">Ends when the caller has gone.</param>
    internal abstract ValueTask<RpcAnswer> InvokeAsync(
        JsonElement parameters, RpcConnection? connection, CancellationToken cancellation);
}
