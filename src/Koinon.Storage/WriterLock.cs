namespace Koinon.Storage;

/// <summary>Entering the lock of the one writer.</summary>
internal static class WriterLock
{
    /// <summary>Waits for the writer before; a thread that waits for itself is told.</summary>
    public static void Enter(Lock writer)
    {
        if (writer.IsHeldByCurrentThread)
        {
            throw new InvalidOperationException("this thread already writes to the store: end that transaction first");
        }

        writer.Enter();
    }

    /// <summary>Refuses another thread than the one that began to write.</summary>
    public static void CheckThread(bool isHeldHere)
    {
        if (!isHeldHere)
        {
            throw new InvalidOperationException("a write transaction is used and ended by the thread that began it");
        }
    }
}
