package org.uscita.app

import android.graphics.Color
import android.os.Build
import android.os.Bundle
import android.system.Os
import android.view.View
import android.view.WindowManager
import android.webkit.WebView
import androidx.activity.SystemBarStyle
import androidx.activity.enableEdgeToEdge
import androidx.core.view.ViewCompat
import androidx.core.view.WindowInsetsCompat

/** The one window. Nothing of it is drawn for screenshots or the list of recent apps, and nothing of it is kept. */
class MainActivity : TauriActivity() {
    override fun onCreate(savedInstanceState: Bundle?) {
        // Before the first frame, and never switched off: switching leaks the picture of recent apps.
        window.setFlags(WindowManager.LayoutParams.FLAG_SECURE, WindowManager.LayoutParams.FLAG_SECURE)
        if (Build.VERSION.SDK_INT >= Build.VERSION_CODES.TIRAMISU) setRecentsScreenshotEnabled(false)
        // The system's own temporary folder is closed to apps.
        Os.setenv("TMPDIR", cacheDir.path, true)
        val dark = SystemBarStyle.dark(Color.BLACK)
        enableEdgeToEdge(dark, dark)
        // The core knows where the night stands; a saved WebView would keep a copy of the screen.
        super.onCreate(null)
        guard(window.decorView)
        keepClearOfBars(findViewById(android.R.id.content))
    }

    override fun onWebViewCreate(webView: WebView) {
        WebView.setWebContentsDebuggingEnabled(BuildConfig.DEBUG)
        webView.setBackgroundColor(Color.BLACK)
        webView.settings.setGeolocationEnabled(false)
        webView.settings.javaScriptCanOpenWindowsAutomatically = false
        webView.settings.allowFileAccess = false
        webView.settings.allowContentAccess = false
        webView.isLongClickable = false
        webView.setOnLongClickListener { true }
        guard(webView)
    }

    override fun onSaveInstanceState(outState: Bundle) {
        super.onSaveInstanceState(outState)
        outState.clear()
    }

    /**
     * No autofill service sees the fields; no touch counts while another app's window lies on top. Hiding such windows
     * would ask for a fourth permission.
     */
    private fun guard(view: View) {
        view.importantForAutofill = View.IMPORTANT_FOR_AUTOFILL_NO_EXCLUDE_DESCENDANTS
        view.filterTouchesWhenObscured = true
    }

    /** The page stays clear of status bar, notch, navigation bar and keyboard. */
    private fun keepClearOfBars(content: View) {
        ViewCompat.setOnApplyWindowInsetsListener(content) { view, insets ->
            val kinds =
                WindowInsetsCompat.Type.systemBars() or
                    WindowInsetsCompat.Type.displayCutout() or
                    WindowInsetsCompat.Type.ime()
            val edges = insets.getInsets(kinds)
            view.setPadding(edges.left, edges.top, edges.right, edges.bottom)
            WindowInsetsCompat.CONSUMED
        }
    }
}
