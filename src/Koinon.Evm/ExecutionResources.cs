using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.CompilerServices;
using Koinon.Evm.Decoding;
using Koinon.Evm.Frames;
using Koinon.Evm.Tracing;

namespace Koinon.Evm;

/// <summary>What runs share: the cache of decoded code, and machines with their stacks and memories, rented for a
/// run.</summary>
/// <remarks>
/// Thread-safe. One object serves any number of chains; a chain that is idle owns no thread, no timer and no machine.
/// </remarks>
public sealed class ExecutionResources : IDisposable
{
    private const long CodeCacheBytesDefault = 256L * 1024 * 1024;

    private readonly ConcurrentBag<Machine> _idle = [];
    private readonly CodeCache _codeCache;
    private bool _disposed;

    /// <summary>Resources with a cache of decoded code of a given size.</summary>
    /// <param name="codeCacheBytesMax">The most bytes that decoded code may hold, 256 MiB by default.</param>
    public ExecutionResources(long codeCacheBytesMax = CodeCacheBytesDefault)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(codeCacheBytesMax);
        _codeCache = new CodeCache(codeCacheBytesMax);
    }

    /// <summary>Compiles the interpreter's loop, so that the first run does not wait for it.</summary>
    /// <remarks>
    /// Some tens of milliseconds, once in a process; any thread. What is compiled ahead of time leaves the loop out,
    /// since it is to use the machine's own vectors.
    /// </remarks>
    public static void Prepare()
    {
        // The method is found by its own name: it is there.
        MethodInfo loop = typeof(Interpreter).GetMethod(
            nameof(Interpreter.Run), BindingFlags.Static | BindingFlags.NonPublic)!;
        RuntimeHelpers.PrepareMethod(loop.MethodHandle, [typeof(NoTracer).TypeHandle]);
    }

    /// <summary>Frees the idle machines; those rented are freed when they come back.</summary>
    public void Dispose()
    {
        _disposed = true;
        while (_idle.TryTake(out Machine? machine))
        {
            machine.Dispose();
        }
    }

    internal Machine Rent()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        return _idle.TryTake(out Machine? machine) ? machine : new Machine(_codeCache);
    }

    internal void Return(Machine machine)
    {
        machine.End();
        if (_disposed)
        {
            machine.Dispose();
        }
        else
        {
            _idle.Add(machine);
        }
    }
}
